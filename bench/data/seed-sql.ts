// A shop of so many products and as many orders, made by the database itself. Every value follows from its number, so that
// the same rows come out each time and nothing has to be looked up while they are written.

const list = (words: string): string => `ARRAY['${words.split(' ').join("', '")}']`;

const qualities = list(
  'plain solid slim broad heavy light quiet bright dark rough smooth round square folding rolling stacking hanging standing walled classic',
);
const materials = list(
  'oak beech walnut maple birch pine ash cherry steel copper brass iron granite marble slate glass linen cotton wool leather bamboo cork clay rattan willow',
);
const things = list(
  'table chair bench stool shelf desk lamp clock mirror basket bowl plate jug kettle pan ladle tray vase candle frame cushion blanket carpet curtain towel bucket broom ladder hammer saw plane chisel anvil lantern trunk cradle easel loom spindle whistle',
);
const rooms = list('kitchen hall cellar attic porch nursery study library pantry workshop garden balcony');

/** Picks one of `count` for a number: evenly, and the same each time. */
const functions = `
  CREATE FUNCTION bench_pick(n bigint, seed bigint, count bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((hashint8extended(n, seed) % count) + count) % count + 1;
  CREATE FUNCTION bench_at(n bigint, rows bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_timestamp(1750000000 - (rows - n) * 10);
  -- UUIDv7, as the service makes them: in the order of time, so that new rows land at the end of their indexes.
  CREATE FUNCTION bench_id(kind text, n bigint, rows bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex((1750000000 - (rows - n) * 10) * 1000), 12, '0') || '7' || substr(md5(kind || n), 1, 3)
      || '8' || substr(md5(kind || n), 4, 15))::uuid;
  CREATE FUNCTION bench_name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (${qualities})[bench_pick(n, 1, 20)] || ' ' || (${materials})[bench_pick(n, 2, 25)] || ' '
      || (${things})[bench_pick(n, 3, 40)];
  CREATE FUNCTION bench_price(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 100 + bench_pick(n, 4, 100000);`;

const dropFunctions = `DROP FUNCTION bench_name, bench_price, bench_id, bench_at, bench_pick`;

const products = (rows: number): string => `
  INSERT INTO products (id, sku, name, description, price_minor, currency, stock, created_at, updated_at)
  SELECT bench_id('product', n, ${rows}), 'SKU-' || lpad(n::text, 8, '0'), bench_name(n),
    'Made for the ' || (${rooms})[bench_pick(n, 5, 12)] || ', number ' || n || ' of its kind, shipped in a box within days.',
    bench_price(n), 'EUR', CASE WHEN bench_pick(n, 6, 50) = 1 THEN 0 ELSE 1000000 END,
    bench_at(n, ${rows}), bench_at(n, ${rows})
  FROM generate_series(1, ${rows}) AS n`;

// The manager comes last, and is none of the first who sign in: whoever sees everything has no list of their own.
const users = (rows: number, customers: number): string => `
  INSERT INTO users (id, email, name, roles, email_verified, created_at, updated_at)
  SELECT bench_id('user', n, ${rows}), 'customer' || n || '@bench.invalid', 'Customer ' || n,
    CASE n WHEN 1 THEN '{admin}' WHEN ${customers} THEN '{manager}' ELSE '{user}' END::text[], true,
    bench_at(n, ${rows}), bench_at(n, ${rows})
  FROM generate_series(1, ${customers}) AS n`;

// Two lines an order on average, of products that follow on each other: no product twice.
const items = (rows: number): string => `
  INSERT INTO order_items (order_id, position, product_id, sku, name, quantity, unit_price_minor)
  SELECT bench_id('order', n, ${rows}), p, bench_id('product', product, ${rows}), 'SKU-' || lpad(product::text, 8, '0'),
    bench_name(product), bench_pick(n * 3 + p, 8, 4), bench_price(product)
  FROM generate_series(1, ${rows}) AS n
  CROSS JOIN LATERAL generate_series(0, bench_pick(n, 7, 3)::int - 1) AS p
  CROSS JOIN LATERAL (SELECT (bench_pick(n, 9, ${rows}) + p - 1) % ${rows} + 1) AS chosen (product)`;

const sums = `CREATE TEMP TABLE bench_sums AS
  SELECT order_id, count(*)::int AS lines, sum(quantity)::int AS pieces, sum(quantity * unit_price_minor) AS total_minor
  FROM order_items GROUP BY order_id`;

const orders = (rows: number, customers: number): string => `
  INSERT INTO orders (id, customer_id, status, currency, total_minor, created_at, updated_at)
  SELECT order_id, bench_id('user', bench_pick(n, 10, ${customers}), ${rows}),
    (ARRAY['pending', 'paid', 'shipped', 'delivered', 'delivered', 'cancelled'])[bench_pick(n, 11, 6)], 'EUR', total_minor,
    bench_at(n, ${rows}), bench_at(n, ${rows})
  FROM generate_series(1, ${rows}) AS n JOIN bench_sums ON order_id = bench_id('order', n, ${rows})
  ORDER BY n`;

const summaries = `
  INSERT INTO order_summaries (generation, id, customer_id, status, currency, total_minor, lines, pieces, placed_at,
    updated_at, version)
  SELECT 1, id, customer_id, status, currency, orders.total_minor, lines, pieces, created_at, updated_at, version
  FROM orders JOIN bench_sums ON order_id = id`;

/** How many customers place so many orders. */
export const customersFor = (rows: number): number => Math.max(250, Math.round(rows / 100));

/** What has to be there before anything is written, and is taken away again at the end. */
export const frame = { functions, dropFunctions };

/** Tables with the statements that fill them. */
export interface Lane {
  readonly tables: readonly string[];
  readonly statements: readonly string[];
}

/** The shop, in lanes that can be filled at the same time. */
export const lanes = (rows: number): readonly Lane[] => {
  const customers = customersFor(rows);
  return [
    { tables: ['products'], statements: [products(rows)] },
    {
      tables: ['users', 'order_items', 'orders', 'order_summaries'],
      statements: [users(rows, customers), items(rows), sums, orders(rows, customers), summaries],
    },
  ];
};

/** Words that three of, and one of, are searched for. */
export const words = {
  three: [
    'solid oak table',
    'slim steel lamp',
    'round glass bowl',
    'folding beech chair',
    'quiet brass clock',
  ],
  one: ['table', 'lamp', 'bowl', 'chair', 'clock', 'basket', 'mirror', 'carpet'],
};
