import { defineErrors } from '../../core/errors.ts';

export const productErrors = defineErrors({
  notFound: [
    'not_found',
    'PRODUCTS_NOT_FOUND',
    'There is no such product.',
    { de: 'Dieses Produkt gibt es nicht.' },
  ],
  skuTaken: [
    'conflict',
    'PRODUCTS_SKU_TAKEN',
    'Another product has this sku: choose another one.',
    { de: 'Diese sku hat schon ein anderes Produkt.' },
  ],
});
