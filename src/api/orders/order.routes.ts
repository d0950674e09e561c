import { route, type RouteDefinition } from '../../http/route.ts';
import type { OrderController } from './order.controller.ts';
import { orderErrors } from './order.errors.ts';
import {
  listOrdersQuery,
  listSummariesQuery,
  orderPage,
  orderParams,
  orderSummaryPage,
  orderView,
  placeOrderBody,
} from './order.validation.ts';

const authenticated = route.with({ access: 'authenticated' });
const staff = route.with({ access: { permission: 'orders:manage' } });

export const orderRoutes = (controller: OrderController): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/',
    summary: 'Place an order',
    description:
      'Uses the current catalogue prices. Reserves stock for every line, or rejects the whole order.',
    access: { permission: 'orders:place' },
    idempotency: 'required',
    body: placeOrderBody,
    replies: { 201: orderView },
    errors: [orderErrors.outOfStock, orderErrors.productGone, orderErrors.mixedCurrencies],
    handle: controller.place,
  }),
  authenticated({
    method: 'get',
    path: '/',
    summary: 'List your orders',
    description: 'With the permission `orders:read-any`, lists the orders of every customer.',
    query: listOrdersQuery,
    requiresFreshCaller: true,
    acceptsMachineKeys: true,
    replies: { 200: orderPage },
    handle: controller.list,
  }),
  authenticated({
    method: 'get',
    path: '/summaries',
    summary: 'List your order summaries with payment status',
    description:
      'With the permission `orders:read-any`, lists the orders of every customer. Served from a read model that usually lags by less than a second.',
    query: listSummariesQuery,
    requiresFreshCaller: true,
    acceptsMachineKeys: true,
    replies: { 200: orderSummaryPage },
    handle: controller.listSummaries,
  }),
  authenticated({
    method: 'get',
    path: '/:id',
    summary: 'Read an order',
    requiresFreshCaller: true,
    acceptsMachineKeys: true,
    params: orderParams,
    replies: { 200: orderView },
    errors: [orderErrors.notFound],
    handle: controller.get,
  }),
  authenticated({
    method: 'post',
    path: '/:id/cancel',
    summary: 'Cancel an order and return its stock',
    acceptsMachineKeys: true,
    params: orderParams,
    replies: { 200: orderView },
    errors: [orderErrors.notFound, orderErrors.notCancellable],
    handle: controller.cancel,
  }),
  staff({
    method: 'post',
    path: '/:id/ship',
    summary: 'Mark a paid order as shipped',
    params: orderParams,
    replies: { 200: orderView },
    errors: [orderErrors.notFound, orderErrors.notShippable],
    handle: controller.ship,
  }),
  staff({
    method: 'post',
    path: '/:id/deliver',
    summary: 'Mark a shipped order as delivered',
    params: orderParams,
    replies: { 200: orderView },
    errors: [orderErrors.notFound, orderErrors.notDeliverable],
    handle: controller.deliver,
  }),
];
