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
      // A migration has changed a column. A new name makes every connection plan the statement again.
      this.#names.delete(sql);
      // The open transaction has failed and is retried as a whole.
      if (runner.isTransactionActive) throw error;
      return this.#execute<Row>(runner, sql, values);
    }
  }

  async #execute<Row>(runner: QueryRunner, text: string, values: unknown[]): Promise<Row[]> {
    const client = (await runner.connect()) as PoolClient;
    // The connection may belong to another runner by now.
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
