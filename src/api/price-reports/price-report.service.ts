import type { JobRun, Jobs, JobState } from '../../jobs/jobs.ts';
import type { Clock, Ids, WorkerPool } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Catalogue } from '../products/index.ts';
import { priceReportErrors } from './price-report.errors.ts';
import { makePriceReport, type ReportPayload } from './price-report.jobs.ts';
import type { PriceReport } from './price-report.model.ts';
import type { PriceReportRepository } from './price-report.repository.ts';
import { priceStatistics, type CurrencyPrices } from './price-statistics.ts';

interface PriceReportServiceDeps {
  readonly reports: PriceReportRepository;
  readonly catalogue: Catalogue;
  readonly jobs: Jobs;
  readonly workerPool: WorkerPool;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** A report and its job, or null if the job has been purged. */
export interface FoundReport {
  readonly report: PriceReport;
  readonly job: JobState | null;
}

/** Creates, computes and reads price reports. */
export class PriceReportService {
  constructor(private readonly deps: PriceReportServiceDeps) {}

  /** Enqueues a report. */
  async create(): Promise<FoundReport> {
    const { reports, jobs, transaction, clock, ids } = this.deps;
    const id = ids.next();
    await transaction(async () => {
      const jobId = await jobs.enqueue(makePriceReport, { reportId: id });
      await reports.insert({ id, jobId, currencies: null, createdAt: clock.now(), finishedAt: null });
    });
    return this.get(id);
  }

  /** Returns a report. Throws `PRICE_REPORTS_NOT_FOUND`. */
  async get(id: string): Promise<FoundReport> {
    const report = await this.deps.reports.findById(id);
    if (report === null) throw priceReportErrors.notFound();
    return { report, job: await this.deps.jobs.find(report.jobId) };
  }

  /** Computes a report in the worker pool. Idempotent: a retry replaces the result. */
  async generate({ payload, signal }: JobRun<ReportPayload>): Promise<void> {
    const { reports, workerPool, clock } = this.deps;
    const prices = await this.#readPrices(signal);
    const currencies = await workerPool.run(priceStatistics, prices, signal);
    await reports.finish(payload.reportId, { currencies, finishedAt: clock.now() });
  }

  async #readPrices(signal: AbortSignal): Promise<CurrencyPrices[]> {
    const byCurrency = new Map<string, number[]>();
    for await (const batch of this.deps.catalogue.prices()) {
      signal.throwIfAborted();
      for (const { currency, priceMinor } of batch) {
        const prices = byCurrency.get(currency);
        if (prices === undefined) byCurrency.set(currency, [priceMinor]);
        else prices.push(priceMinor);
      }
    }
    const sorted = [...byCurrency].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([currency, prices]) => ({ currency, prices: Float64Array.from(prices) }));
  }
}
