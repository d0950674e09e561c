import type { OrderWithItems } from './order.repository.ts';
import type { OrderSummary } from './order-summary.model.ts';
import type { OrderSummaryView, OrderView } from './order.validation.ts';
import type { OrderDetails } from './queries/read-orders.ts';

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

/** Adds the payment step to the view of an order. */
export const toOrderDetailsView = ({ saga, ...found }: OrderDetails): OrderView => ({
  ...toOrderView(found),
  ...(saga !== null && { payment: { step: saga.step, since: saga.updatedAt.toISOString() } }),
});

export const toOrderSummaryView = (summary: OrderSummary): OrderSummaryView => ({
  id: summary.id,
  customerId: summary.customerId,
  status: summary.status,
  ...(summary.payment !== null && { payment: summary.payment }),
  currency: summary.currency,
  totalMinor: summary.totalMinor,
  lines: summary.lines,
  pieces: summary.pieces,
  placedAt: summary.placedAt.toISOString(),
  updatedAt: summary.updatedAt.toISOString(),
});
