import { route, type RouteDefinition } from '../../http/route.ts';
import type { PriceReportController } from './price-report.controller.ts';
import { priceReportErrors } from './price-report.errors.ts';
import { reportParams, reportView } from './price-report.validation.ts';

const manager = route.with({ access: { permission: 'products:write' } });

export const priceReportRoutes = (controller: PriceReportController): RouteDefinition[] => [
  manager({
    method: 'post',
    path: '/',
    summary: 'Have a report on all prices made',
    description: 'It is worked out in the background; read it at the address in `Location`.',
    replies: { 202: reportView },
    handle: controller.create,
  }),
  manager({
    method: 'get',
    path: '/:id',
    summary: 'Read a report on prices',
    description: 'For each currency the spread of the prices. Reports of the last 30 days.',
    params: reportParams,
    replies: { 200: reportView },
    errors: [priceReportErrors.notFound],
    handle: controller.get,
  }),
];
