import Joi from 'joi';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Product } from './product.model.ts';
import type { ProductRepository } from './product.repository.ts';
import { createProductBody } from './product.validation.ts';

const materials = ['Oak', 'Steel', 'Linen', 'Glass', 'Copper', 'Wool', 'Bamboo', 'Leather', 'Marble', 'Cork'];
const things = [
  'Lamp', 'Chair', 'Table', 'Bowl', 'Clock', 'Shelf', 'Vase', 'Mug', 'Tray', 'Basket',
  'Mirror', 'Stool', 'Blanket', 'Notebook', 'Kettle', 'Bench', 'Frame', 'Jar', 'Rack', 'Board',
]; // prettier-ignore

const minuteMs = 60_000;

/** Adds 200 products to an empty catalogue; gives a line that says what there is. */
export async function seedProducts(products: ProductRepository, clock: Clock, ids: Ids): Promise<string> {
  const existing = await products.count();
  if (existing > 0) return `${existing} products`;
  const nowMs = clock.now().getTime();
  const demo = materials.flatMap((material, row) =>
    things.map((thing, column): Product => {
      const number = row * things.length + column;
      const at = new Date(nowMs - number * minuteMs);
      const body = {
        sku: `${material}-${thing}`.toUpperCase(),
        name: `${material} ${thing}`,
        description: `A ${thing.toLowerCase()} made of ${material.toLowerCase()}, for every day.`,
        priceMinor: 990 + ((number * 737) % 40_000),
        currency: 'EUR',
        stock: number % 10 === 0 ? 0 : 20 + ((number * 31) % 180),
      };
      return {
        // Fields that a clone adds get their defaults.
        ...Joi.attempt(body, createProductBody),
        id: ids.next(),
        version: 1,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
      };
    }),
  );
  await products.insert(...demo);
  return `${demo.length} products`;
}
