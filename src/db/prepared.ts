import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { isOutdatedPlan } from './errors.ts';

/** Runs SQL as named prepared statements, which each connection parses and plans once. */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(private readonly isNaming: boolean) {}

  /** Runs the statement on the connection of `runner` and returns the rows. */
  async run<Row>(runner: QueryRunner, sql: string, values: unknown[]): Promise<Row[]> {
    try {
      return await this.#execute<Row>(runner, sql, values);
    } catch (error) {
      if (!isOutdatedPlan(error)) throw error;
      // A migration has changed a column. Under a new name, every connection plans the statement again.
      this.#names.delete(sql);
      // The open transaction has failed; `db.transaction` runs all of it again.
      if (runner.isTransactionActive) throw error;
      return this.#execute<Row>(runner, sql, values);
    }
  }

  async #execute<Row>(runner: QueryRunner, text: string, values: unknown[]): Promise<Row[]> {
    const client = (await runner.connect()) as PoolClient;
    // After its release, the connection may already serve another runner.
    if (runner.isReleased) throw new Error('Query runner already released.');
    const name = this.isNaming ? this.#nameOf(text) : '';
    const { rows } = await client.query({ name, text, values });
    return rows as Row[];
  }

  #nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `strata_${(this.#count += 1)}`;
    this.#names.set(sql, name);
    return name;
  }
}
