import type { Database } from '../../db/database.ts';
import { PriceReport } from './price-report.model.ts';

const retention = "interval '30 days'";

/** Queries on `price_reports`. */
export class PriceReportRepository {
  constructor(private readonly db: Database) {}

  findById(id: string): Promise<PriceReport | null> {
    return this.db.findOne(PriceReport, { id });
  }

  async insert(report: PriceReport): Promise<void> {
    await this.db.repository(PriceReport).insert(report);
  }

  async finish(
    id: string,
    { currencies, finishedAt }: Pick<PriceReport, 'currencies' | 'finishedAt'>,
  ): Promise<void> {
    await this.db.repository(PriceReport).update({ id }, { currencies, finishedAt });
  }

  /** Deletes up to `limit` reports that are older than 30 days and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('price_reports', `created_at < now() - ${retention}`, limit);
  }
}
