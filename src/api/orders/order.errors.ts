import { defineErrors } from '../../core/errors.ts';
import { orderMessages } from './order.messages.ts';

export const orderErrors = defineErrors(orderMessages.errors, {
  notFound: ['not_found', 'ORDERS_NOT_FOUND'],
  outOfStock: ['conflict', 'ORDERS_OUT_OF_STOCK'],
  productGone: ['conflict', 'ORDERS_PRODUCT_GONE'],
  mixedCurrencies: ['conflict', 'ORDERS_MIXED_CURRENCIES'],
  notCancellable: ['conflict', 'ORDERS_NOT_CANCELLABLE'],
  notShippable: ['conflict', 'ORDERS_NOT_SHIPPABLE'],
  notDeliverable: ['conflict', 'ORDERS_NOT_DELIVERABLE'],
});
