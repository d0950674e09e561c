import type { PoolClient } from 'pg';
import type { QueryRunner } from 'typeorm';
import { isOutdatedPlan } from './errors.ts';

/** SQL that each connection parses and plans once, under a name, and from then on only carries out. */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(private readonly isNaming: boolean) {}

  /** Runs it on the connection of `runner`; gives the rows. */
  async run<Row>(runner: QueryRunner, sql: string, values: unknown[]): Promise<Row[]> {
    try {
      return await this.#ask<Row>(runner, sql, values);
    } catch (error) {
      if (!isOutdatedPlan(error)) throw error;
      // A migration has changed a column since. Under another name every connection plans it anew.
      this.#names.delete(sql);
      // What has failed once has failed an open transaction: that is run again as a whole.
      if (runner.isTransactionActive) throw error;
      return this.#ask<Row>(runner, sql, values);
    }
  }

  async #ask<Row>(runner: QueryRunner, text: string, values: unknown[]): Promise<Row[]> {
    const client = (await runner.connect()) as PoolClient;
    // By now the connection may be somebody else's.
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
