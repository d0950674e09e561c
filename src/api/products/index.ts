import { defineModule } from '../../module.ts';
import { CatalogueService } from './catalogue.service.ts';
import { IndexSoldOutProducts1763748100000 } from './migrations/1763748100000-index-sold-out-products.ts';
import { SearchStopWords1763750300000 } from './migrations/1763750300000-search-stop-words.ts';
import { CreateProducts1763700003000 } from './migrations/1763700003000-create-products.ts';
import type { Products } from './product.api.ts';
import { ProductController } from './product.controller.ts';
import { Product } from './product.model.ts';
import { ProductRepository } from './product.repository.ts';
import { productRoutes } from './product.routes.ts';
import { seedProducts } from './product.seed.ts';
import { ProductService } from './product.service.ts';
import { StockService } from './stock.service.ts';

// The product catalogue and its stock.
// Stock is never sold twice and never falls below zero, whatever the number of concurrent requests.

export type {
  Availability,
  Catalogue,
  Price,
  Products,
  Stock,
  StockedProducts,
  StockLine,
} from './product.api.ts';
export {
  createProductBody,
  productLine,
  type CreateProductBody,
  type ProductLine,
} from './product.validation.ts';

export const productsModule = defineModule({
  name: 'products',
  path: '/products',
  entities: [Product],
  migrations: [CreateProducts1763700003000, IndexSoldOutProducts1763748100000, SearchStopWords1763750300000],
  permissions: { 'products:write': 'Add, change and remove products' },
  grants: { manager: ['products:write'], admin: ['products:write'] },
  create: ({ db, clock, ids }) => {
    const products = new ProductRepository(db);
    const service = new ProductService({ products, transaction: db.transaction, clock, ids });
    const api: Products = {
      stock: new StockService(products, clock),
      catalogue: new CatalogueService(products, clock, ids),
    };
    return {
      api,
      routes: productRoutes(new ProductController(service)),
      seed: () => seedProducts(products, clock, ids),
    };
  },
});
