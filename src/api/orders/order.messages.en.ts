export const en = {
  errors: {
    notFound: 'There is no such order.',
    outOfStock: 'There is not enough stock for the products in details.',
    productGone: 'The products in details are not for sale.',
    mixedCurrencies: 'The products have different currencies: place one order per currency.',
    notCancellable: 'Only a pending or paid order can be cancelled.',
    notShippable: 'Only a paid order can be shipped.',
    notDeliverable: 'Only a shipped order can be delivered.',
  },
  rules: {
    country: 'must be a two-letter country code in capitals (ISO 3166-1), such as DE',
    productRepeated: 'is in another item already; add up the quantities',
  },
};
