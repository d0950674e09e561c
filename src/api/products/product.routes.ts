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

const open = route.with({ access: 'public' });
const keeping = route.with({ access: { permission: 'products:write' } });

export const productRoutes = (controller: ProductController): RouteDefinition[] => [
  open({
    method: 'get',
    path: '/',
    summary: 'List and search products',
    query: listProductsQuery,
    replies: { 200: productPage },
    handle: controller.list,
  }),
  open({
    method: 'get',
    path: '/:id',
    summary: 'Read a product',
    params: productParams,
    replies: { 200: productView },
    errors: [productErrors.notFound],
    handle: controller.get,
  }),
  keeping({
    method: 'post',
    path: '/',
    summary: 'Add a product',
    body: createProductBody,
    replies: { 201: productView },
    errors: [productErrors.skuTaken],
    handle: controller.create,
  }),
  keeping({
    method: 'patch',
    path: '/:id',
    summary: 'Change a product',
    params: productParams,
    body: changeProductBody,
    replies: { 200: productView },
    errors: [productErrors.notFound, productErrors.skuTaken],
    handle: controller.change,
  }),
  keeping({
    method: 'delete',
    path: '/:id',
    summary: 'Remove a product',
    params: productParams,
    replies: { 204: null },
    errors: [productErrors.notFound],
    handle: controller.remove,
  }),
];
