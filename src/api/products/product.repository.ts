import { countedMax, searchCountedMax, type Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { translateUnique } from '../../db/errors.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { beginsWithStopWords, matchesSearch } from '../../db/search.ts';
import type { LockedProduct, Price, StockLine } from './product.api.ts';
import { productErrors } from './product.errors.ts';
import { Product } from './product.model.ts';
import type { CreateProductBody, ListProductsQuery } from './product.validation.ts';

const sortColumns: SortColumns = {
  name: { property: 'name', kind: 'text' },
  priceMinor: { property: 'priceMinor', kind: 'number' },
  createdAt: { property: 'createdAt', kind: 'moment' },
};

/** A product as stored in bulk by the catalogue. */
export type StoredProduct = CreateProductBody & Pick<Product, 'id'>;

const lineColumns = 'id, sku, name, description, price_minor, currency, stock';
const lines = `unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[]) AS line (${lineColumns})`;

/** Returns the parameters of `lines`, followed by `at` as `$8`. */
const toColumns = (products: readonly StoredProduct[], at: Date): unknown[] => [
  products.map(({ id }) => id),
  products.map(({ sku }) => sku),
  products.map(({ name }) => name),
  products.map(({ description }) => description),
  products.map(({ priceMinor }) => priceMinor),
  products.map(({ currency }) => currency),
  products.map(({ stock }) => stock),
  at,
];

/** Queries on `products`. Deleted products are never found. */
export class ProductRepository {
  constructor(private readonly db: Database) {}

  async getById(id: string): Promise<Product> {
    const product = await this.db.findOne(Product, { id });
    if (product === null) throw productErrors.notFound();
    return product;
  }

  /** Locks the product until the transaction ends. Throws `PRODUCTS_NOT_FOUND`. */
  async lockById(id: string): Promise<Product> {
    const product = await this.db
      .repository(Product)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (product === null) throw productErrors.notFound();
    return product;
  }

  list(query: ListProductsQuery): Promise<Page<Product>> {
    const { q, minPrice, maxPrice, inStock } = query;
    const products = this.db.repository(Product).createQueryBuilder('product');
    if (q !== undefined)
      products.andWhere(`(${matchesSearch('product.search')} OR ${beginsWithStopWords('product.name')})`, {
        q,
      });
    if (minPrice !== undefined) products.andWhere('product.priceMinor >= :minPrice', { minPrice });
    if (maxPrice !== undefined) products.andWhere('product.priceMinor <= :maxPrice', { maxPrice });
    if (inStock !== undefined) products.andWhere(inStock ? 'product.stock > 0' : 'product.stock = 0');
    return listPage(products, query, sortColumns, q === undefined ? countedMax : searchCountedMax);
  }

  async findInStock(count: number): Promise<string[]> {
    const products = await this.db
      .repository(Product)
      .find({ select: { id: true }, order: { stock: 'DESC', id: 'ASC' }, take: count });
    return products.map(({ id }) => id);
  }

  count(): Promise<number> {
    return this.db.repository(Product).count();
  }

  /** Throws `PRODUCTS_SKU_TAKEN` if another product has the SKU. */
  async insert(...products: Product[]): Promise<void> {
    await this.#translateSkuConflict(() => this.db.repository(Product).insert(products));
  }

  /** Updates a product locked by this transaction. Returns the updated product. */
  async update(product: Product, changes: Partial<Omit<Product, 'search'>>): Promise<Product> {
    const next = { ...changes, version: product.version + 1 };
    await this.#translateSkuConflict(() => this.db.repository(Product).update({ id: product.id }, next));
    return Object.assign(product, next);
  }

  /**
   * Locks the products until the transaction ends and returns those that exist. Locks in the order of the ids, so that
   * two callers with the same products cannot deadlock.
   */
  lockAll(ids: readonly string[]): Promise<LockedProduct[]> {
    return this.db.prepared<LockedProduct>(
      `SELECT id, sku, name, price_minor::float8 AS "priceMinor", currency, stock FROM products
       WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
      [ids],
    );
  }

  /** Adds to the stock of products locked by this transaction, or subtracts if negative. Throws if stock would fall below 0. */
  async addStock(lines: readonly StockLine[], at: Date): Promise<void> {
    const changed = await this.db.prepared(
      `UPDATE products SET stock = stock + line.quantity, version = version + 1, updated_at = $3
       FROM unnest($1::uuid[], $2::int[]) AS line (id, quantity)
       WHERE products.id = line.id AND stock + line.quantity >= 0 RETURNING products.id`,
      [lines.map(({ productId }) => productId), lines.map(({ quantity }) => quantity), at],
    );
    if (changed.length !== lines.length)
      throw new Error('Stock cannot fall below 0: lock the products and check their stock first.');
  }

  /** Locks the products with these SKUs until the transaction ends, in the order of their ids. */
  lockBySku(skus: readonly string[]): Promise<StoredProduct[]> {
    return this.db.query<StoredProduct>(
      `SELECT id, sku, name, description, price_minor::float8 AS "priceMinor", currency, stock FROM products
       WHERE sku = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
      [skus],
    );
  }

  /** Inserts the products whose SKUs are free. Returns the inserted SKUs. */
  async insertMissing(products: readonly StoredProduct[], at: Date): Promise<string[]> {
    // Insert in the order of the SKUs, so that two callers with the same SKUs cannot deadlock.
    const sorted = products.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
    const inserted = await this.db.query<{ sku: string }>(
      `INSERT INTO products (${lineColumns}, created_at, updated_at) SELECT line.*, $8, $8 FROM ${lines}
       ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING RETURNING sku`,
      toColumns(sorted, at),
    );
    return inserted.map(({ sku }) => sku);
  }

  /** Updates products locked by this transaction. An unchanged product keeps its version. */
  async updateAll(products: readonly StoredProduct[], at: Date): Promise<void> {
    await this.db.query(
      `UPDATE products SET name = line.name, description = line.description, price_minor = line.price_minor,
         currency = line.currency, stock = line.stock, version = products.version + 1, updated_at = $8
       FROM ${lines}
       WHERE products.id = line.id
         AND (products.name, products.description, products.price_minor, products.currency, products.stock)
           IS DISTINCT FROM (line.name, line.description, line.price_minor, line.currency, line.stock)`,
      toColumns(products, at),
    );
  }

  /** Returns the prices of up to `limit` products after `afterId`, in the order of their ids. */
  listPrices(afterId: string, limit: number): Promise<(Price & { readonly id: string })[]> {
    return this.db.query(
      `SELECT id, currency, price_minor::float8 AS "priceMinor" FROM products
       WHERE deleted_at IS NULL AND id > $1 ORDER BY id LIMIT $2`,
      [afterId, limit],
    );
  }

  /** Locks products, including deleted ones, in the order of their ids. */
  async lockWithDeleted(ids: readonly string[]): Promise<void> {
    await this.db.query('SELECT 1 FROM products WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
  }

  async #translateSkuConflict(work: () => Promise<unknown>): Promise<void> {
    await translateUnique('products_sku_unique', productErrors.skuTaken, work);
  }
}
