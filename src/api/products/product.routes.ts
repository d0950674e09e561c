import { route, type RouteDefinition } from '../../http/route.ts';
import type { ProductController } from './product.controller.ts';
import { productErrors } from './product.errors.ts';
import {
  changeProductBody,
  createProductBody,
  listProductsQuery,
  productPage,
  productParams,
  productView,
} from './product.validation.ts';

const publicRoute = route.with({ access: 'public' });
const manager = route.with({ access: { permission: 'products:write' } });

export const productRoutes = (controller: ProductController): RouteDefinition[] => [
  publicRoute({
    method: 'get',
    path: '/',
    summary: 'List and search products',
    query: listProductsQuery,
    replies: { 200: productPage },
    handle: controller.list,
  }),
  publicRoute({
    method: 'get',
    path: '/:id',
    summary: 'Read a product',
    params: productParams,
    replies: { 200: productView },
    errors: [productErrors.notFound],
    handle: controller.get,
  }),
  manager({
    method: 'post',
    path: '/',
    summary: 'Create a product',
    body: createProductBody,
    replies: { 201: productView },
    errors: [productErrors.skuTaken],
    handle: controller.create,
  }),
  manager({
    method: 'patch',
    path: '/:id',
    summary: 'Change a product',
    params: productParams,
    body: changeProductBody,
    replies: { 200: productView },
    errors: [productErrors.notFound, productErrors.skuTaken],
    handle: controller.change,
  }),
  manager({
    method: 'delete',
    path: '/:id',
    summary: 'Delete a product',
    params: productParams,
    replies: { 204: null },
    errors: [productErrors.notFound],
    handle: controller.remove,
  }),
];
