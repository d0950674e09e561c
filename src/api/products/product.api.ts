import type { Product } from './product.model.ts';
import type { ProductLine } from './product.validation.ts';

/** A quantity of one product. */
export interface StockLine {
  readonly productId: string;
  readonly quantity: number;
}

/** A product as other modules read it. */
export type StockedProduct = Pick<Product, 'id' | 'sku' | 'name' | 'priceMinor' | 'currency' | 'stock'>;

/** The products by id. */
export type StockedProducts = ReadonlyMap<string, StockedProduct>;

/** States whether every line is in stock. `gone` and `short` hold product ids. */
export type Availability =
  | { readonly isAvailable: true; readonly products: StockedProducts }
  | { readonly isAvailable: false; readonly gone: readonly string[]; readonly short: readonly string[] };

/** The stock of products. `lines` must name each product once. `reserve` and `release` need an open transaction. */
export interface Stock {
  /** Reads the products without locking them. */
  check(lines: readonly StockLine[]): Promise<Availability>;
  /**
   * Reserves every line, or none. Call it last in a transaction, because it locks the products until the transaction
   * ends. Pass the `products` that `check` returned. If one of them has another name or price by now, the transaction
   * is retried.
   */
  reserve(lines: readonly StockLine[], products: StockedProducts): Promise<Availability>;
  /** Returns reserved quantities to the stock, even of deleted products. */
  release(lines: readonly StockLine[]): Promise<void>;
  /** Returns the ids of up to `count` products, largest stock first. */
  findInStock(count: number): Promise<string[]>;
}

export interface Price {
  readonly currency: string;
  readonly priceMinor: number;
}

/** The products, for reading and storing them in bulk. */
export interface Catalogue {
  /** Locks the products with these SKUs until the transaction ends. Returns the SKUs that exist. */
  lock(skus: readonly string[]): Promise<string[]>;
  /**
   * Inserts new products and updates existing ones, matched by SKU. Needs an open transaction.
   * A field that a line omits keeps its value. If several lines have the same SKU, the last value of each field wins.
   * Throws if a new product has no name, price or currency.
   */
  store(lines: readonly ProductLine[]): Promise<void>;
  /** Returns the prices of all products that are not deleted, in batches. Each batch is a separate read. */
  prices(): AsyncIterable<readonly Price[]>;
}

export interface Products {
  readonly stock: Stock;
  readonly catalogue: Catalogue;
}
