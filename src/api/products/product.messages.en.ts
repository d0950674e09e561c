export const en = {
  errors: {
    notFound: 'There is no such product.',
    skuTaken: 'Another product has this sku: choose another one.',
  },
  rules: {
    sku: 'must contain only letters, digits, ., _ and -, and start with a letter or digit',
  },
};
