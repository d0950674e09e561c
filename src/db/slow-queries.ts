import type { Logger } from '../core/ports.ts';
import { planShape } from './plan-shape.ts';

/** A statement as passed to pg. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Outcome of a statement. */
export interface Outcome {
  readonly tookMs: number;
  /** The number of rows returned or changed, or null if unknown. */
  readonly rows: number | null;
  readonly isFailed: boolean;
}

interface SlowQueriesDeps {
  readonly thresholdMs: number;
  readonly logger: Logger;
  /** Returns the plan as `EXPLAIN (FORMAT JSON)` does, without executing the statement. */
  readonly explain: (statement: Statement) => Promise<unknown>;
}

/**
 * The times at which a statement was last reported and last explained, and how often it was slow without a report
 * since.
 */
interface StatementHistory {
  reportedAt: number;
  plannedAt: number;
  untold: number;
}

const reportEveryMs = 1_000;
const planEveryMs = 10 * 60_000;
const maxStatements = 500;
const maxSqlLength = 2_000;
const plannable = /^\s*(?:select|with|insert|update|delete)\b/i;

/**
 * Logs slow queries with their SQL and the shape of their plan. Never logs parameters, because they may be personal
 * data. Logs each statement at most once a second, so that the log adds no load when everything is slow. Explains each
 * statement at most once in ten minutes, and one statement at a time.
 */
export class SlowQueries {
  readonly #statements = new Map<string, StatementHistory>();
  #isPlanning = false;
  #waitReportedAt = -Infinity;

  constructor(private readonly deps: SlowQueriesDeps) {}

  isSlow(tookMs: number): boolean {
    return tookMs >= this.deps.thresholdMs;
  }

  async report(statement: Statement, { tookMs, rows, isFailed }: Outcome): Promise<void> {
    const known = this.#track(statement.text);
    const now = performance.now();
    if (now - known.reportedAt < reportEveryMs) {
      known.untold += 1;
      return;
    }
    const { untold } = known;
    Object.assign(known, { reportedAt: now, untold: 0 });
    const plan = await this.#plan(statement, known);
    this.deps.logger.warn('Slow query.', {
      event: 'database.slow-query',
      durationMs: Math.round(tookMs),
      sql: statement.text.slice(0, maxSqlLength),
      ...(rows !== null && { rows }),
      ...(isFailed && { isFailed }),
      ...(untold > 0 && { untold }),
      ...(plan !== null && { plan }),
    });
  }

  /**
   * Reports that a query waited for a connection. Reports at most once a second, because many other queries usually
   * wait at the same time.
   */
  reportWait(waitedMs: number, pool: { readonly waiting: number; readonly max: number }): void {
    const now = performance.now();
    if (now - this.#waitReportedAt < reportEveryMs) return;
    this.#waitReportedAt = now;
    this.deps.logger.warn('Slow wait for a database connection.', {
      event: 'database.slow-pool',
      durationMs: Math.round(waitedMs),
      ...pool,
    });
  }

  async #plan(statement: Statement, known: StatementHistory): Promise<string | null> {
    const now = performance.now();
    if (this.#isPlanning || !plannable.test(statement.text) || now - known.plannedAt < planEveryMs)
      return null;
    this.#isPlanning = true;
    known.plannedAt = now;
    try {
      return planShape(await this.deps.explain(statement));
    } catch {
      return null;
    } finally {
      this.#isPlanning = false;
    }
  }

  #track(text: string): StatementHistory {
    const known = this.#statements.get(text) ?? { reportedAt: -Infinity, plannedAt: -Infinity, untold: 0 };
    // Insert the statement again at the end, so that the first statement is the one whose last slow query is the
    // oldest.
    this.#statements.delete(text);
    this.#statements.set(text, known);
    const [first] = this.#statements.keys();
    if (this.#statements.size > maxStatements && first !== undefined) this.#statements.delete(first);
    return known;
  }
}
