import type { Clock } from '../../core/ports.ts';
import type { Availability, Stock, StockedProduct, StockedProducts, StockLine } from './product.api.ts';
import type { ProductRepository } from './product.repository.ts';

function availabilityOf(lines: readonly StockLine[], found: readonly StockedProduct[]): Availability {
  const products = new Map(found.map((product) => [product.id, product]));
  const gone = lines.filter(({ productId }) => !products.has(productId));
  const short = lines.filter(
    ({ productId, quantity }) => (products.get(productId)?.stock ?? quantity) < quantity,
  );
  if (gone.length + short.length === 0) return { isAvailable: true, products };
  return {
    isAvailable: false,
    gone: gone.map(({ productId }) => productId),
    short: short.map(({ productId }) => productId),
  };
}

/** Reserves and releases stock, for other modules. */
export class StockService implements Stock {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
  ) {}

  async check(lines: readonly StockLine[]): Promise<Availability> {
    return availabilityOf(lines, await this.products.findAll(lines.map(({ productId }) => productId)));
  }

  async reserve(lines: readonly StockLine[], products: StockedProducts): Promise<Availability> {
    return availabilityOf(lines, await this.products.reserveStock(lines, products, this.clock.now()));
  }

  release(lines: readonly StockLine[]): Promise<void> {
    return this.products.releaseStock(lines, this.clock.now());
  }

  findInStock(count: number): Promise<string[]> {
    return this.products.findInStock(count);
  }
}
