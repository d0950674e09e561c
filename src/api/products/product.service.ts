import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import { assertVersion, type ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import type { Product } from './product.model.ts';
import type { ProductRepository } from './product.repository.ts';
import type { ChangeProductBody, CreateProductBody, ListProductsQuery } from './product.validation.ts';

interface ProductServiceDeps {
  readonly products: ProductRepository;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Reads and changes single products. */
export class ProductService {
  constructor(private readonly deps: ProductServiceDeps) {}

  list(query: ListProductsQuery): Promise<Page<Product>> {
    return this.deps.products.list(query);
  }

  get(id: string): Promise<Product> {
    return this.deps.products.getById(id);
  }

  async create(body: CreateProductBody): Promise<Product> {
    const { products, transaction, clock, ids } = this.deps;
    const now = clock.now();
    const product: Product = {
      ...body,
      id: ids.next(),
      version: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    await transaction(() => products.insert(product));
    return product;
  }

  change(id: string, changes: ChangeProductBody, expected: ExpectedVersion): Promise<Product> {
    const { products, transaction, clock } = this.deps;
    return transaction(async () => {
      const product = await products.lockById(id);
      assertVersion(product.version, expected);
      return products.update(product, { ...changes, updatedAt: clock.now() });
    });
  }

  async remove(id: string, expected: ExpectedVersion): Promise<void> {
    const { products, transaction, clock } = this.deps;
    await transaction(async () => {
      const product = await products.lockById(id);
      assertVersion(product.version, expected);
      const now = clock.now();
      await products.update(product, { updatedAt: now, deletedAt: now });
    });
  }
}
