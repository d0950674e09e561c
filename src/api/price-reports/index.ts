import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { productsModule } from '../products/index.ts';
import { CreatePriceReports1763746500000 } from './migrations/1763746500000-create-price-reports.ts';
import { PriceReportController } from './price-report.controller.ts';
import { makePriceReport } from './price-report.jobs.ts';
import { PriceReport } from './price-report.model.ts';
import { PriceReportRepository } from './price-report.repository.ts';
import { priceReportRoutes } from './price-report.routes.ts';
import { PriceReportService } from './price-report.service.ts';

// Statistics on all prices: an example of CPU-bound work in the worker pool.
// Computing a report does not block the event loop.

export const priceReportsModule = defineModule({
  name: 'price-reports',
  path: '/products/reports/prices',
  entities: [PriceReport],
  migrations: [CreatePriceReports1763746500000],
  create: ({ db, clock, ids, jobs, workerPool, use }) => {
    const reports = new PriceReportRepository(db);
    const { catalogue } = use(productsModule);
    const { transaction } = db;
    const service = new PriceReportService({ reports, catalogue, jobs, workerPool, transaction, clock, ids });
    return {
      api: {},
      routes: priceReportRoutes(new PriceReportController(service)),
      jobs: [handle(makePriceReport, (run) => service.generate(run))],
      purge: (limit) => reports.purge(limit),
    };
  },
});
