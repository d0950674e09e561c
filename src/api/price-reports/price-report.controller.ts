import { apiRoot } from '../../http/envelope.ts';
import { accepted, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { PriceReportService } from './price-report.service.ts';
import { toReportView } from './price-report.view.ts';

export class PriceReportController {
  constructor(private readonly reports: PriceReportService) {}

  create = async () => {
    const view = toReportView(await this.reports.create());
    return accepted(view, { headers: { Location: `${apiRoot}/products/reports/prices/${view.id}` } });
  };

  get = async ({ params }: Input<{ params: { id: string } }>) =>
    ok(toReportView(await this.reports.get(params.id)));
}
