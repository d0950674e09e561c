import type { Clock, Ids } from '../../core/ports.ts';
import type { Price, ProductRepository, StoredProduct } from './product.repository.ts';
import type { CreateProductBody, ProductLine } from './product.validation.ts';

type WholeProduct = Omit<CreateProductBody, 'description' | 'stock'> & ProductLine;

const isWhole = (line: ProductLine): line is WholeProduct =>
  line.name !== undefined && line.priceMinor !== undefined && line.currency !== undefined;

const firstId = '00000000-0000-0000-0000-000000000000';
const batch = 10_000;

/** Many products at once, for other modules. */
export class CatalogueService {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Locks the products with these skus until the transaction ends; returns the skus that there are. */
  async lock(skus: readonly string[]): Promise<string[]> {
    return (await this.products.lockBySku(skus)).map(({ sku }) => sku);
  }

  /**
   * Adds products, or changes those that have the sku; a new one must be whole. Of several lines with one sku the later
   * counts, and what a line leaves out stays as it is. Needs an open transaction.
   */
  async store(lines: readonly ProductLine[]): Promise<void> {
    const bySku = new Map<string, ProductLine>();
    for (const line of lines) bySku.set(line.sku, { ...bySku.get(line.sku), ...line });
    const known = await this.products.lockBySku([...bySku.keys()]);
    const skus = new Set(known.map(({ sku }) => sku));
    const missing = [...bySku.values()].filter(({ sku }) => !skus.has(sku));
    const added = await this.#add(missing);
    // Someone else added these in the meantime.
    const late = missing.filter(({ sku }) => !added.has(sku)).map(({ sku }) => sku);
    const changed = [...known, ...(late.length === 0 ? [] : await this.products.lockBySku(late))];
    await this.products.updateAll(
      changed.map((product): StoredProduct => ({ ...product, ...bySku.get(product.sku) })),
      this.clock.now(),
    );
  }

  /** Adds products as far as their skus are free; returns the skus of the added ones. */
  async #add(lines: readonly ProductLine[]): Promise<ReadonlySet<string>> {
    const whole = lines.filter(isWhole);
    if (whole.length < lines.length) throw new Error('A product that is not there cannot be changed.');
    const products = whole.map((line) => ({ description: '', stock: 0, ...line, id: this.ids.next() }));
    return new Set(await this.products.insertMissing(products, this.clock.now()));
  }

  /** The price of each product that is not deleted, in batches; each batch is as it is when it is read. */
  async *prices(): AsyncGenerator<readonly Price[]> {
    let after: string | undefined = firstId;
    while (after !== undefined) {
      const prices = await this.products.listPrices(after, batch);
      yield prices;
      after = prices.length < batch ? undefined : prices.at(-1)?.id;
    }
  }
}
