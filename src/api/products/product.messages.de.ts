import type { en } from './product.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Dieses Produkt gibt es nicht.',
    skuTaken: 'Diese sku hat schon ein anderes Produkt.',
  },
  rules: {
    sku: 'muss aus Buchstaben, Ziffern, ., _ und - bestehen und mit Buchstabe oder Ziffer beginnen',
  },
};
