import { countedMax, searchCountedMax, type Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { ConcurrencyError, translateUnique } from '../../db/errors.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { beginsWithStopWords, matchesSearch } from '../../db/search.ts';
import type { Price, StockedProduct, StockedProducts, StockLine } from './product.api.ts';
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

/** Returns the parameters of the lines as `$1` and `$2`, followed by `at` as `$3`. */
const toStockColumns = (lines: readonly StockLine[], at: Date): unknown[] => [
  lines.map(({ productId }) => productId),
  lines.map(({ quantity }) => quantity),
  at,
];

const stockedColumns = 'id, sku, name, price_minor::float8 AS "priceMinor", currency, stock';

// Use a lock that is weaker than FOR UPDATE, which would also wait for transactions that only refer to the product.
const lock = 'FOR NO KEY UPDATE';

/** Returns whether an order would copy the same values from both products. */
const isSameOffer = (one: StockedProduct, other: StockedProduct | undefined): boolean =>
  one.sku === other?.sku &&
  one.name === other.name &&
  one.priceMinor === other.priceMinor &&
  one.currency === other.currency;

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
      .findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
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

  /** Returns the products with these ids that exist, without locking them. */
  findAll(ids: readonly string[]): Promise<StockedProduct[]> {
    return this.db.prepared<StockedProduct>(
      `SELECT ${stockedColumns} FROM products WHERE id = ANY ($1) AND deleted_at IS NULL`,
      [ids],
    );
  }

  /**
   * Subtracts the quantities from the stock if there is enough for every line. Otherwise changes nothing. Returns the
   * existing products with their stock before the change. Locks them until the transaction ends, in the order of the
   * ids, so that two callers with the same products cannot deadlock. Uses one statement, because every round trip holds
   * the locks longer. Throws `ConcurrencyError` if a product differs from the one in `read`.
   */
  async reserveStock(
    lines: readonly StockLine[],
    read: StockedProducts,
    at: Date,
  ): Promise<StockedProduct[]> {
    const products = await this.db.prepared<StockedProduct>(
      `WITH line AS (SELECT * FROM unnest($1::uuid[], $2::int[]) AS line (id, quantity)),
       locked AS (
         SELECT ${stockedColumns} FROM products
         WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id ${lock}),
       enough AS (SELECT line.* FROM line JOIN locked USING (id) WHERE locked.stock >= line.quantity),
       reserved AS (
         UPDATE products SET stock = products.stock - enough.quantity, version = version + 1, updated_at = $3
         FROM enough WHERE products.id = enough.id AND (SELECT count(*) FROM enough) = cardinality($1))
       SELECT * FROM locked`,
      toStockColumns(lines, at),
    );
    const changed = products.find((product) => !isSameOffer(product, read.get(product.id)));
    if (changed !== undefined) throw new ConcurrencyError(`The product ${changed.id} has just been changed.`);
    return products;
  }

  /** Adds the quantities to the stock, even of deleted products. Locks the products like `reserveStock`. */
  async releaseStock(lines: readonly StockLine[], at: Date): Promise<void> {
    await this.db.prepared(
      `WITH locked AS (SELECT id FROM products WHERE id = ANY ($1) ORDER BY id ${lock})
       UPDATE products SET stock = stock + line.quantity, version = version + 1, updated_at = $3
       FROM unnest($1::uuid[], $2::int[]) AS line (id, quantity) JOIN locked USING (id) WHERE products.id = line.id`,
      toStockColumns(lines, at),
    );
  }

  /**
   * Locks the products with these SKUs until the transaction ends, and returns them. Locks in the order of their ids, so that
   * two callers cannot deadlock.
   */
  lockBySku(skus: readonly string[]): Promise<StoredProduct[]> {
    return this.db.query<StoredProduct>(
      `SELECT id, sku, name, description, price_minor::float8 AS "priceMinor", currency, stock FROM products
       WHERE sku = ANY ($1) AND deleted_at IS NULL ORDER BY id ${lock}`,
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

  async #translateSkuConflict(work: () => Promise<unknown>): Promise<void> {
    await translateUnique('products_sku_unique', productErrors.skuTaken, work);
  }
}
