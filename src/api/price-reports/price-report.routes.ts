import { route, type RouteDefinition } from '../../http/route.ts';
import type { PriceReportController } from './price-report.controller.ts';
import { priceReportErrors } from './price-report.errors.ts';
import { reportParams, reportView } from './price-report.validation.ts';

const manager = route.with({ access: { permission: 'products:write' } });

export const priceReportRoutes = (controller: PriceReportController): RouteDefinition[] => [
  manager({
    method: 'post',
    path: '/',
    summary: 'Create a price report',
    description: 'The report is computed in the background. Poll the URL in `Location`.',
    replies: { 202: reportView },
    handle: controller.create,
  }),
  manager({
    method: 'get',
    path: '/:id',
    summary: 'Read a price report',
    description: 'Returns the price distribution in each currency. Reports are kept for 30 days.',
    params: reportParams,
    replies: { 200: reportView },
    errors: [priceReportErrors.notFound],
    handle: controller.get,
  }),
];
