import type { Clock, Ids } from '../../core/ports.ts';
import type { Catalogue, Price } from './product.api.ts';
import type { ProductRepository, StoredProduct } from './product.repository.ts';
import type { CreateProductBody, ProductLine } from './product.validation.ts';

type WholeProduct = Omit<CreateProductBody, 'description' | 'stock'> & ProductLine;

const isWhole = (line: ProductLine): line is WholeProduct =>
  line.name !== undefined && line.priceMinor !== undefined && line.currency !== undefined;

const firstId = '00000000-0000-0000-0000-000000000000';
const batch = 10_000;

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

  async *prices(): AsyncGenerator<readonly Price[]> {
    let after: string | undefined = firstId;
    while (after !== undefined) {
      const prices = await this.products.listPrices(after, batch);
      yield prices;
      after = prices.length < batch ? undefined : prices.at(-1)?.id;
    }
  }
}
