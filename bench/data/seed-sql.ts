// Fills a shop with `rows` products and orders. The database generates the rows. Their values depend only on the number
// of the row and not on chance, so the data is the same in each run.

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

/**
 * Declares SQL functions that compute a value from a row number. The values are evenly distributed and the same in each
 * run.
 */
const functions = `
  CREATE FUNCTION bench_pick(n bigint, seed bigint, count bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((hashint8extended(n, seed) % count) + count) % count + 1;
  CREATE FUNCTION bench_at(n bigint, rows bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_timestamp(1750000000 - (rows - n) * 10);
  -- UUIDv7 like the service's ids, ordered by time, so that new rows are appended to the indexes.
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

// The manager is the last user and does not sign in as a customer, because managers have no list of their own orders.
const users = (rows: number, customers: number): string => `
  INSERT INTO users (id, email, name, roles, email_verified, created_at, updated_at)
  SELECT bench_id('user', n, ${rows}), 'customer' || n || '@bench.invalid', 'Customer ' || n,
    CASE n WHEN 1 THEN '{admin}' WHEN ${customers} THEN '{manager}' ELSE '{user}' END::text[], true,
    bench_at(n, ${rows}), bench_at(n, ${rows})
  FROM generate_series(1, ${customers}) AS n`;

// An order has two lines on average. Their products are consecutive, so that no product occurs twice in an order.
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

/** Returns the number of customers in a shop with `rows` orders. */
export const customersFor = (rows: number): number => Math.max(250, Math.round(rows / 100));

/** The SQL functions to create before the tables are filled, and to drop afterwards. */
export const frame = { functions, dropFunctions };

/** Some tables, and the statements that fill them one after another. */
export interface Lane {
  readonly tables: readonly string[];
  readonly statements: readonly string[];
}

/** Returns the lanes of the shop. Different lanes can be filled at the same time. */
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

/** Search terms: some have three words, others one word. */
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
