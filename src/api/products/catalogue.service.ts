import type { Clock, Ids } from '../../core/ports.ts';
import type { Price, ProductRepository } from './product.repository.ts';
import type { CreateProductBody } from './product.validation.ts';

const firstId = '00000000-0000-0000-0000-000000000000';
const batch = 10_000;

/** Many products at once, for other modules. */
export class CatalogueService {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Adds products, or changes those that have the sku; of several with one sku the last counts. Needs an open transaction. */
  async store(products: readonly CreateProductBody[]): Promise<void> {
    const bySku = new Map(products.map((product) => [product.sku, { ...product, id: this.ids.next() }]));
    await this.products.lockBySku([...bySku.keys()]);
    await this.products.insertOrUpdate([...bySku.values()], this.clock.now());
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
