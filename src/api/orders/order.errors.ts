import { defineErrors } from '../../core/errors.ts';

export const orderErrors = defineErrors({
  notFound: ['not_found', 'ORDERS_NOT_FOUND', 'There is no such order.'],
  outOfStock: ['conflict', 'ORDERS_OUT_OF_STOCK', 'There is not enough stock of the products in details.'],
  productGone: ['conflict', 'ORDERS_PRODUCT_GONE', 'The products in details are not for sale.'],
  mixedCurrencies: [
    'conflict',
    'ORDERS_MIXED_CURRENCIES',
    'The products have different currencies: order them apart.',
  ],
  notCancellable: ['conflict', 'ORDERS_NOT_CANCELLABLE', 'Only a pending or paid order can be cancelled.'],
  notShippable: ['conflict', 'ORDERS_NOT_SHIPPABLE', 'Only a paid order can be shipped.'],
  notDeliverable: ['conflict', 'ORDERS_NOT_DELIVERABLE', 'Only a shipped order can be delivered.'],
});
