import { defineModule } from '../../module.ts';
import { CatalogueService } from './catalogue.service.ts';
import { IndexSoldOutProducts1763748100000 } from './migrations/1763748100000-index-sold-out-products.ts';
import { SearchStopWords1763750300000 } from './migrations/1763750300000-search-stop-words.ts';
import { CreateProducts1763700003000 } from './migrations/1763700003000-create-products.ts';
import { ProductController } from './product.controller.ts';
import { Product } from './product.model.ts';
import { ProductRepository, type Price, type StockLine } from './product.repository.ts';
import { productRoutes } from './product.routes.ts';
import { seedProducts } from './product.seed.ts';
import { ProductService } from './product.service.ts';
import type { ProductLine } from './product.validation.ts';
import { StockService, type StockReservation } from './stock.service.ts';

// The catalogue and its stock.
// Promises that stock is never sold twice and never below zero, however many ask at once.

export type { Price, StockLine } from './product.repository.ts';
export {
  createProductBody,
  productLine,
  type CreateProductBody,
  type ProductLine,
} from './product.validation.ts';
export type { StockReservation } from './stock.service.ts';

/** What other modules may ask of the stock. What changes it needs an open transaction. */
export interface Stock {
  /** Takes all lines, or none and tells why. */
  reserve(lines: readonly StockLine[]): Promise<StockReservation>;
  release(lines: readonly StockLine[]): Promise<void>;
  /** Some products with plenty of stock, for demo data. */
  findInStock(count: number): Promise<string[]>;
}

/** What other modules may ask of the products. */
export interface Catalogue {
  /** Locks the products with these skus until the transaction ends; returns the skus that there are. */
  lock(skus: readonly string[]): Promise<string[]>;
  /**
   * Adds products, or changes those that have the sku; a new one must be whole. Of several lines with one sku the later
   * counts, and what a line leaves out stays as it is. Needs an open transaction.
   */
  store(lines: readonly ProductLine[]): Promise<void>;
  /** The price of each product that is not deleted, in batches; each batch is as it is when it is read. */
  prices(): AsyncIterable<readonly Price[]>;
}

export const productsModule = defineModule({
  name: 'products',
  path: '/products',
  entities: [Product],
  migrations: [CreateProducts1763700003000, IndexSoldOutProducts1763748100000, SearchStopWords1763750300000],
  permissions: { 'products:write': 'Add, change and remove products' },
  grants: { manager: ['products:write'], admin: ['products:write'] },
  create: ({ db, clock, ids }) => {
    const products = new ProductRepository(db);
    const service = new ProductService({ products, transaction: db.transaction, clock, ids });
    const stock = new StockService(products, clock);
    const catalogue = new CatalogueService(products, clock, ids);
    const api: Stock & Catalogue = {
      reserve: (lines) => stock.reserve(lines),
      release: (lines) => stock.release(lines),
      findInStock: (count) => stock.findInStock(count),
      lock: (skus) => catalogue.lock(skus),
      store: (lines) => catalogue.store(lines),
      prices: () => catalogue.prices(),
    };
    return {
      api,
      routes: productRoutes(new ProductController(service)),
      seed: () => seedProducts(products, clock, ids),
    };
  },
});
