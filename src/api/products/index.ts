import { defineModule } from '../../core/module.ts';
import { CreateProducts1763700003000 } from './migrations/1763700003000-create-products.ts';
import { ProductController } from './product.controller.ts';
import { Product } from './product.model.ts';
import { ProductRepository, type StockLine } from './product.repository.ts';
import { productRoutes } from './product.routes.ts';
import { seedProducts } from './product.seed.ts';
import { ProductService } from './product.service.ts';
import { StockService, type TakenStock } from './stock.service.ts';

// The catalogue and its stock.
// Promises that stock is never sold twice and never below zero, however many ask at once.

export type { StockLine } from './product.repository.ts';
export type { TakenStock } from './stock.service.ts';

/** What other modules may ask of the products. What changes stock needs an open transaction. */
export interface Stock {
  /** Takes all lines, or none and tells why. */
  take(lines: readonly StockLine[]): Promise<TakenStock>;
  giveBack(lines: readonly StockLine[]): Promise<void>;
  /** Some products with plenty of stock, for demo data. */
  plentiful(count: number): Promise<string[]>;
}

export const productsModule = defineModule({
  name: 'products',
  path: '/products',
  entities: [Product],
  migrations: [CreateProducts1763700003000],
  permissions: { 'products:write': 'Add, change and remove products' },
  grants: { manager: ['products:write'], admin: ['products:write'] },
  create: ({ db, clock, ids }) => {
    const products = new ProductRepository(db);
    const service = new ProductService({ products, transaction: db.transaction, clock, ids });
    const api: Stock = new StockService(products, clock);
    return {
      api,
      routes: productRoutes(new ProductController(service)),
      seed: () => seedProducts(products, clock, ids),
    };
  },
});
