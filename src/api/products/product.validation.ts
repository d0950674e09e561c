import Joi from 'joi';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  currency,
  currencyCode,
  integer,
  named,
  object,
  optional,
  partial,
  messages,
  searchTerm,
  text,
  timestamp,
  uuid,
  withDefault,
  type Infer,
} from '../../core/schema.ts';
import { productMessages } from './product.messages.ts';

/** Limits the price, so that the total of an order of 50 lines of 1,000 pieces is still an exact JavaScript number. */
const maxPriceMinor = 100_000_000_000;

const sku = (): Joi.StringSchema =>
  Joi.string()
    .max(64)
    .pattern(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
    .messages(messages('string.pattern.base', productMessages.rules.sku));

const price = () => integer(0, maxPriceMinor);
const stock = () => integer(0, 1_000_000_000);

export const productParams = object({ id: uuid() });

export const createProductBody = named(
  'NewProduct',
  object({
    sku: sku(),
    name: text(1, 200),
    description: withDefault(text(0, 5_000), ''),
    priceMinor: price(),
    currency: currency(),
    stock: withDefault(stock(), 0),
  }),
);
export type CreateProductBody = Infer<typeof createProductBody>;

export const changeProductBody = named(
  'ProductChange',
  partial(
    object({
      sku: sku(),
      name: text(1, 200),
      description: text(0, 5_000),
      priceMinor: price(),
      currency: currency(),
      stock: stock(),
    }),
  ),
);
export type ChangeProductBody = Infer<typeof changeProductBody>;

/** A product in a bulk change, matched by SKU. An omitted field keeps its value. */
export const productLine = object({
  sku: sku(),
  name: optional(text(1, 200)),
  description: optional(text(0, 5_000)),
  priceMinor: optional(price()),
  currency: optional(currencyCode()),
  stock: optional(stock()),
});
export type ProductLine = Infer<typeof productLine>;

export const listProductsQuery = listQuery(['name', 'priceMinor', 'createdAt'], '-createdAt', {
  q: optional(
    searchTerm().description(
      'Searches name, sku and description for all words. Supports "quoted phrases", `or` and `-excluded`. A search of stop words only, such as `the`, matches words of name and sku, and names that start with it.',
    ),
  ),
  minPrice: optional(price().description('In minor units.')),
  maxPrice: optional(price().description('In minor units.')),
  inStock: optional(Joi.boolean()),
});
export type ListProductsQuery = Infer<typeof listProductsQuery>;

export const productView = named(
  'Product',
  object({
    id: uuid(),
    sku: Joi.string(),
    name: Joi.string(),
    description: Joi.string().allow(''),
    priceMinor: price(),
    currency: currencyCode(),
    stock: integer(0, Number.MAX_SAFE_INTEGER),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: integer(1, Number.MAX_SAFE_INTEGER),
  }),
);
export type ProductView = Infer<typeof productView>;

export const productPage = pageOf(productView);
