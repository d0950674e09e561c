import { defineErrors } from '../../core/errors.ts';

export const orderErrors = defineErrors({
  notFound: [
    'not_found',
    'ORDERS_NOT_FOUND',
    'There is no such order.',
    { de: 'Diese Bestellung gibt es nicht.' },
  ],
  outOfStock: [
    'conflict',
    'ORDERS_OUT_OF_STOCK',
    'There is not enough stock for the products in details.',
    { de: 'Von den Produkten in details ist nicht genug vorrätig.' },
  ],
  productGone: [
    'conflict',
    'ORDERS_PRODUCT_GONE',
    'The products in details are not for sale.',
    { de: 'Die Produkte in details werden nicht verkauft.' },
  ],
  mixedCurrencies: [
    'conflict',
    'ORDERS_MIXED_CURRENCIES',
    'The products have different currencies: place one order per currency.',
    { de: 'Die Produkte haben verschiedene Währungen: bitte getrennt bestellen.' },
  ],
  notCancellable: [
    'conflict',
    'ORDERS_NOT_CANCELLABLE',
    'Only a pending or paid order can be cancelled.',
    { de: 'Nur eine offene oder bezahlte Bestellung kann storniert werden.' },
  ],
  notShippable: [
    'conflict',
    'ORDERS_NOT_SHIPPABLE',
    'Only a paid order can be shipped.',
    { de: 'Nur eine bezahlte Bestellung kann versandt werden.' },
  ],
  notDeliverable: [
    'conflict',
    'ORDERS_NOT_DELIVERABLE',
    'Only a shipped order can be delivered.',
    { de: 'Nur eine versandte Bestellung kann zugestellt werden.' },
  ],
});
