import type { Clock } from '../../core/ports.ts';
import type { Stock, StockLine, StockReservation } from './product.api.ts';
import type { ProductRepository } from './product.repository.ts';

/** Reserves and releases stock, for other modules. */
export class StockService implements Stock {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
  ) {}

  async reserve(lines: readonly StockLine[]): Promise<StockReservation> {
    const locked = await this.products.lockAll(lines.map(({ productId }) => productId));
    const products = new Map(locked.map((product) => [product.id, product]));
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
    const reserved = lines.map(({ productId, quantity }) => ({ productId, quantity: -quantity }));
    await this.products.addStock(reserved, this.clock.now());
    return { isReserved: true, products };
  }

  async release(lines: readonly StockLine[]): Promise<void> {
    await this.products.lockWithDeleted(lines.map(({ productId }) => productId));
    await this.products.addStock(lines, this.clock.now());
  }

  findInStock(count: number): Promise<string[]> {
    return this.products.findInStock(count);
  }
}
