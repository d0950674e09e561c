import Joi from 'joi';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Product } from './product.model.ts';
import type { ProductRepository } from './product.repository.ts';
import { createProductBody } from './product.validation.ts';

const materials = ['Oak', 'Steel', 'Linen', 'Glass', 'Copper', 'Wool', 'Bamboo', 'Leather', 'Marble', 'Cork'];
const objects = [
  'Lamp', 'Chair', 'Table', 'Bowl', 'Clock', 'Shelf', 'Vase', 'Mug', 'Tray', 'Basket',
  'Mirror', 'Stool', 'Blanket', 'Notebook', 'Kettle', 'Bench', 'Frame', 'Jar', 'Rack', 'Board',
]; // prettier-ignore

const minuteMs = 60_000;

/** Inserts 200 products if there are none. Returns a line that describes the products. */
export async function seedProducts(products: ProductRepository, clock: Clock, ids: Ids): Promise<string> {
  const existing = await products.count();
  if (existing > 0) return `${existing} products`;
  const nowMs = clock.now().getTime();
  const demo = materials.flatMap((material, row) =>
    objects.map((name, column): Product => {
      const number = row * objects.length + column;
      const at = new Date(nowMs - number * minuteMs);
      const body = {
        sku: `${material}-${name}`.toUpperCase(),
        name: `${material} ${name}`,
        description: `A ${name.toLowerCase()} made of ${material.toLowerCase()}, for every day.`,
        priceMinor: 990 + ((number * 737) % 40_000),
        currency: 'EUR',
        stock: number % 10 === 0 ? 0 : 20 + ((number * 31) % 180),
      };
      return {
        // Apply the defaults of fields that a project has added to the schema.
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
