/** Display name of the product. */
export const productName = 'Strata';
