import type { Database } from '../../db/database.ts';
import { PriceReport } from './price-report.model.ts';

const retention = "interval '30 days'";

/** Questions to the table of price reports. */
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

  /** Removes up to `limit` reports that are older than 30 days; gives how many. */
  async purge(limit: number): Promise<number> {
    const rows = await this.db.query(
      `DELETE FROM price_reports WHERE id = ANY (ARRAY(
         SELECT id FROM price_reports WHERE created_at < now() - ${retention} LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
      [limit],
    );
    return rows.length;
  }
}
