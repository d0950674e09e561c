import type { PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { isOutdatedPlan } from './errors.ts';
import { poolOf } from './pool.ts';
import { readObjects, runStatement, StatementQuery, type CompileReader } from './statement.ts';
import { trusted } from './trusted.ts';

/** SQL that is built once, with the reader of its rows. */
export interface Statement<Row> {
  readonly sql: string;
  readonly compile: CompileReader<Row>;
  /** True if the statement is executed by name. Each connection then parses it once and may keep its plan. */
  readonly isPrepared: boolean;
}

const statementsBySource = new WeakMap<DataSource, Statements>();

/** Returns the statements of the database with this data source. */
export function statementsOf(dataSource: DataSource): Statements {
  const statements = statementsBySource.get(dataSource);
  if (statements === undefined) throw new Error('Create a Database with this data source first.');
  return statements;
}

/** Runs statements on the pool, or on the connection of a transaction. */
export class Statements {
  readonly #names = new Map<string, string>();
  readonly #plain = new Map<string, Statement<unknown>>();
  #count = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly isNaming: boolean,
  ) {
    statementsBySource.set(dataSource, this);
  }

  /** Returns the prepared statement of this SQL, whose rows are objects. */
  plain<Row>(sql: string): Statement<Row> {
    const statement = this.#plain.get(sql) ?? { sql, compile: readObjects, isPrepared: true };
    this.#plain.set(sql, statement);
    return trusted<Statement<Row>>(statement);
  }

  /** Runs the statement in the transaction of `runner`, if there is one, and returns the rows. */
  async run<Row>(
    runner: QueryRunner | undefined,
    statement: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[]> {
    try {
      return await this.#execute(runner, statement, values);
    } catch (error) {
      // Replace the stack, which shows only the reading of the socket, with the stack of the caller.
      if (error instanceof Error) Error.captureStackTrace(error);
      if (!isOutdatedPlan(error)) throw error;
      // A migration has changed a column. Forget the name of the statement, so that every connection plans the
      // statement again under a new name.
      this.#names.delete(statement.sql);
      // Do not repeat the statement alone. The open transaction has failed, and `db.transaction` runs all of it again.
      if (runner?.isTransactionActive === true) throw error;
      return this.#execute(runner, statement, values);
    }
  }

  #execute<Row>(
    runner: QueryRunner | undefined,
    { sql, compile, isPrepared }: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const query = new StatementQuery(isPrepared ? this.#nameOf(sql) : '', sql, values, compile);
    if (runner !== undefined) return runWith(runner, query);
    const pool = poolOf(this.dataSource);
    if (pool === undefined) throw new Error('Driver not Connected');
    return pool.run(query);
  }

  #nameOf(sql: string): string {
    if (!this.isNaming) return '';
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `strata_${(this.#count += 1)}`;
    this.#names.set(sql, name);
    return name;
  }
}

async function runWith<Row>(runner: QueryRunner, query: StatementQuery<Row>): Promise<Row[]> {
  const client = trusted<PoolClient>(await runner.connect());
  // Refuse a released runner, because its connection may already serve another runner.
  if (runner.isReleased) throw new Error('Query runner already released.');
  return runStatement(client, query);
}
