import { defineErrors } from '../../core/errors.ts';
import { productMessages } from './product.messages.ts';

export const productErrors = defineErrors(productMessages.errors, {
  notFound: ['not_found', 'PRODUCTS_NOT_FOUND'],
  skuTaken: ['conflict', 'PRODUCTS_SKU_TAKEN'],
});
