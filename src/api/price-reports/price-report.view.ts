import { workStatusOf } from '../../jobs/work-status.ts';
import type { FoundReport } from './price-report.service.ts';
import type { ReportView } from './price-report.validation.ts';

export const toReportView = ({ report, job }: FoundReport): ReportView => ({
  id: report.id,
  status: workStatusOf(report.finishedAt, job),
  currencies:
    report.currencies?.map((statistics) => ({ ...statistics, histogram: [...statistics.histogram] })) ?? null,
  createdAt: report.createdAt.toISOString(),
  finishedAt: report.finishedAt?.toISOString() ?? null,
});
