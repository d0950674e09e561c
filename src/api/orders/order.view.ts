import type { OrderWithItems } from './order.repository.ts';
import type { OrderView } from './order.validation.ts';

/** The order with its lines, as customers and staff see it. */
export const toOrderView = ({ order, items }: OrderWithItems): OrderView => ({
  id: order.id,
  customerId: order.customerId,
  ...(order.shippingAddress && { shippingAddress: order.shippingAddress }),
  status: order.status,
  currency: order.currency,
  totalMinor: order.totalMinor,
  items: items.map(({ productId, sku, name, quantity, unitPriceMinor }) => ({
    productId,
    sku,
    name,
    quantity,
    unitPriceMinor,
  })),
  createdAt: order.createdAt.toISOString(),
  updatedAt: order.updatedAt.toISOString(),
  version: order.version,
});
