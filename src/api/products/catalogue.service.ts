import type { Clock, Ids } from '../../core/ports.ts';
import type { Catalogue, Price } from './product.api.ts';
import type { ProductRepository, StoredProduct } from './product.repository.ts';
import type { CreateProductBody, ProductLine } from './product.validation.ts';

type CompleteProduct = Omit<CreateProductBody, 'description' | 'stock'> & ProductLine;

const isComplete = (line: ProductLine): line is CompleteProduct =>
  line.name !== undefined && line.priceMinor !== undefined && line.currency !== undefined;

const lowestId = '00000000-0000-0000-0000-000000000000';
const batchSize = 10_000;

/** Reads and stores products in bulk, for other modules. */
export class CatalogueService implements Catalogue {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async lock(skus: readonly string[]): Promise<string[]> {
    return (await this.products.lockBySku(skus)).map(({ sku }) => sku);
  }

  async store(lines: readonly ProductLine[]): Promise<void> {
    const bySku = new Map<string, ProductLine>();
    for (const line of lines) bySku.set(line.sku, { ...bySku.get(line.sku), ...line });
    const existing = await this.products.lockBySku([...bySku.keys()]);
    const skus = new Set(existing.map(({ sku }) => sku));
    const missing = [...bySku.values()].filter(({ sku }) => !skus.has(sku));
    const inserted = await this.#insert(missing);
    // SKUs that a concurrent transaction has inserted since the lock.
    const conflicting = missing.filter(({ sku }) => !inserted.has(sku)).map(({ sku }) => sku);
    const changed = [
      ...existing,
      ...(conflicting.length === 0 ? [] : await this.products.lockBySku(conflicting)),
    ];
    await this.products.updateAll(
      changed.map((product): StoredProduct => ({ ...product, ...bySku.get(product.sku) })),
      this.clock.now(),
    );
  }

  /** Inserts the products whose SKUs are free. Returns the inserted SKUs. */
  async #insert(lines: readonly ProductLine[]): Promise<ReadonlySet<string>> {
    const complete = lines.filter(isComplete);
    if (complete.length < lines.length)
      throw new Error('A new product needs a name, a price and a currency.');
    const products = complete.map((line) => ({ description: '', stock: 0, ...line, id: this.ids.next() }));
    return new Set(await this.products.insertMissing(products, this.clock.now()));
  }

  async *prices(): AsyncGenerator<readonly Price[]> {
    let after: string | undefined = lowestId;
    while (after !== undefined) {
      const prices = await this.products.listPrices(after, batchSize);
      yield prices;
      after = prices.length < batchSize ? undefined : prices.at(-1)?.id;
    }
  }
}
