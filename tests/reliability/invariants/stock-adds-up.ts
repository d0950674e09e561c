import type { Invariant } from './invariant.ts';

export const stockAddsUp: Invariant = {
  number: '4',
  promise: 'initial stock − lines of live orders = stock, and never below zero',
  check: async ({ world, orders, query }) => {
    const sold = new Map<string, number>();
    const live = orders.filter(({ status }) => status !== 'cancelled');
    for (const { productId, quantity } of live.flatMap(({ items }) => items))
      sold.set(productId, (sold.get(productId) ?? 0) + quantity);
    const rows = await query<{ id: string; stock: number }>('SELECT id, stock FROM products');
    const stocks = new Map(rows.map(({ id, stock }) => [id, stock]));
    const items = [...world.items, ...world.scarce];
    const violations = items.flatMap(({ id, initialStock }) => {
      const expected = initialStock - (sold.get(id) ?? 0);
      const stock = stocks.get(id);
      return stock === expected && stock >= 0
        ? []
        : [`product ${id} has a stock of ${stock ?? 'none'} instead of ${expected}`];
    });
    // Each line of an order is one check, because it has reserved or released stock.
    return { checked: orders.flatMap((order) => order.items).length, violations };
  },
};
