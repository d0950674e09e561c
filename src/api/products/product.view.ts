import type { Product } from './product.model.ts';
import type { ProductView } from './product.validation.ts';

export const toProductView = (product: Product): ProductView => ({
  id: product.id,
  sku: product.sku,
  name: product.name,
  description: product.description,
  priceMinor: product.priceMinor,
  currency: product.currency,
  stock: product.stock,
  createdAt: product.createdAt.toISOString(),
  updatedAt: product.updatedAt.toISOString(),
  version: product.version,
});
