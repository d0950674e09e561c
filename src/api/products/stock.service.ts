import type { Clock } from '../../core/ports.ts';
import type { LockedProduct, ProductRepository, StockLine } from './product.repository.ts';

/** What came of taking stock: either every line was taken, or none. */
export type StockReservation =
  | { readonly isReserved: true; readonly products: ReadonlyMap<string, LockedProduct> }
  | { readonly isReserved: false; readonly gone: readonly string[]; readonly short: readonly string[] };

/** The stock of products, for those who order them. Changing it needs an open transaction. */
export class StockService {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes all lines, or tells which products are gone or short. A product stands in one line only. */
  async reserve(lines: readonly StockLine[]): Promise<StockReservation> {
    const held = await this.products.lockAll(lines.map(({ productId }) => productId));
    const products = new Map(held.map((product) => [product.id, product]));
    const gone = lines.filter(({ productId }) => !products.has(productId));
    const short = lines.filter(
      ({ productId, quantity }) => (products.get(productId)?.stock ?? quantity) < quantity,
    );
    if (gone.length + short.length > 0) {
      return {
        isReserved: false,
        gone: gone.map((line) => line.productId),
        short: short.map((line) => line.productId),
      };
    }
    const taken = lines.map(({ productId, quantity }) => ({ productId, quantity: -quantity }));
    await this.products.addStock(taken, this.clock.now());
    return { isReserved: true, products };
  }

  /** Gives lines back, to deleted products too. */
  async release(lines: readonly StockLine[]): Promise<void> {
    await this.products.lockWithDeleted(lines.map(({ productId }) => productId));
    await this.products.addStock(lines, this.clock.now());
  }

  findInStock(count: number): Promise<string[]> {
    return this.products.findInStock(count);
  }
}
