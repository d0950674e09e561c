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

/** A product as the catalogue stores it. */
export type StoredProduct = CreateProductBody & Pick<Product, 'id'>;

const lineColumns = 'id, sku, name, description, price_minor, currency, stock';
const lines = `unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::int[]) AS line (${lineColumns})`;

/** Returns the parameters of `lines`, and a moment as the eighth. */
const listsOf = (products: readonly StoredProduct[], at: Date): unknown[] => [
  products.map(({ id }) => id),
  products.map(({ sku }) => sku),
  products.map(({ name }) => name),
  products.map(({ description }) => description),
  products.map(({ priceMinor }) => priceMinor),
  products.map(({ currency }) => currency),
  products.map(({ stock }) => stock),
  at,
];

/** Questions to the table of products; deleted ones are never found. */
export class ProductRepository {
  constructor(private readonly db: Database) {}

  async getById(id: string): Promise<Product> {
    const product = await this.db.findOne(Product, { id });
    if (product === null) throw productErrors.notFound();
    return product;
  }

  /** The product, held until the transaction ends. */
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

  /** Throws `PRODUCTS_SKU_TAKEN` when another product has the sku. */
  async insert(...products: Product[]): Promise<void> {
    await this.#translateSkuConflict(() => this.db.repository(Product).insert(products));
  }

  /** Stores changes to a product that this transaction holds; gives the product as it is then. */
  async update(product: Product, changes: Partial<Omit<Product, 'search'>>): Promise<Product> {
    const next = { ...changes, version: product.version + 1 };
    await this.#translateSkuConflict(() => this.db.repository(Product).update({ id: product.id }, next));
    return Object.assign(product, next);
  }

  /**
   * The products that there are among these, held until the transaction ends. Held in the order of their ids:
   * two callers that lock the same products would otherwise deadlock.
   */
  lockAll(ids: readonly string[]): Promise<LockedProduct[]> {
    return this.db.prepared<LockedProduct>(
      `SELECT id, sku, name, price_minor::float8 AS "priceMinor", currency, stock FROM products
       WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
      [ids],
    );
  }

  /** Adds to (or, with negative quantities, takes from) the stock of products that this transaction holds; never below 0. */
  async addStock(lines: readonly StockLine[], at: Date): Promise<void> {
    const changed = await this.db.prepared(
      `UPDATE products SET stock = stock + line.quantity, version = version + 1, updated_at = $3
       FROM unnest($1::uuid[], $2::int[]) AS line (id, quantity)
       WHERE products.id = line.id AND stock + line.quantity >= 0 RETURNING products.id`,
      [lines.map(({ productId }) => productId), lines.map(({ quantity }) => quantity), at],
    );
    if (changed.length !== lines.length) throw new Error('Stock was changed without holding its products.');
  }

  /** Locks the products with one of these skus until the transaction ends, in the order of their ids, as `lockAll` does. */
  lockBySku(skus: readonly string[]): Promise<StoredProduct[]> {
    return this.db.query<StoredProduct>(
      `SELECT id, sku, name, description, price_minor::float8 AS "priceMinor", currency, stock FROM products
       WHERE sku = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
      [skus],
    );
  }

  /** Adds products whose skus are free; returns the skus of the added ones. */
  async insertMissing(products: readonly StoredProduct[], at: Date): Promise<string[]> {
    // In the order of their skus: two that add the same ones in another order would wait for each other for ever.
    const sorted = products.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
    const added = await this.db.query<{ sku: string }>(
      `INSERT INTO products (${lineColumns}, created_at, updated_at) SELECT line.*, $8, $8 FROM ${lines}
       ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING RETURNING sku`,
      listsOf(sorted, at),
    );
    return added.map(({ sku }) => sku);
  }

  /** Stores products that this transaction has locked. What is alike already keeps its version. */
  async updateAll(products: readonly StoredProduct[], at: Date): Promise<void> {
    await this.db.query(
      `UPDATE products SET name = line.name, description = line.description, price_minor = line.price_minor,
         currency = line.currency, stock = line.stock, version = products.version + 1, updated_at = $8
       FROM ${lines}
       WHERE products.id = line.id
         AND (products.name, products.description, products.price_minor, products.currency, products.stock)
           IS DISTINCT FROM (line.name, line.description, line.price_minor, line.currency, line.stock)`,
      listsOf(products, at),
    );
  }

  /** The prices of the products behind an id, in the order of their ids. */
  listPrices(afterId: string, limit: number): Promise<(Price & { readonly id: string })[]> {
    return this.db.query(
      `SELECT id, currency, price_minor::float8 AS "priceMinor" FROM products
       WHERE deleted_at IS NULL AND id > $1 ORDER BY id LIMIT $2`,
      [afterId, limit],
    );
  }

  /** Holds these products, deleted ones too, in the order of their ids. */
  async lockWithDeleted(ids: readonly string[]): Promise<void> {
    await this.db.query('SELECT 1 FROM products WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
  }

  async #translateSkuConflict(work: () => Promise<unknown>): Promise<void> {
    await translateUnique('products_sku_unique', productErrors.skuTaken, work);
  }
}
