import type { Logger } from '../core/ports.ts';
import { planShape } from './plan-shape.ts';

/** A statement as pg was given it. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** How a statement has ended. */
export interface Outcome {
  readonly tookMs: number;
  /** How many rows it gave or changed; null when that is not known. */
  readonly rows: number | null;
  readonly isFailed: boolean;
}

interface SlowQueriesDeps {
  readonly thresholdMs: number;
  readonly logger: Logger;
  /** The answer of `EXPLAIN (FORMAT JSON)`, which does not carry the statement out. */
  readonly explain: (statement: Statement) => Promise<unknown>;
}

/** What is remembered of a text: when it was last told of and planned, and how often it was slow since without a line. */
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
 * Tells of queries that took too long, each with the shape of its plan: its SQL and never its parameters, which may be
 * somebody's data. A text is told of once a second at the most, because where all are slow the log must not be one more load,
 * and its plan is asked for once in ten minutes, after the fact and one at a time.
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
    this.deps.logger.warn('A query was slow.', {
      event: 'database.slow-query',
      durationMs: Math.round(tookMs),
      sql: statement.text.slice(0, maxSqlLength),
      ...(rows !== null && { rows }),
      ...(isFailed && { isFailed }),
      ...(untold > 0 && { untold }),
      ...(plan !== null && { plan }),
    });
  }

  /** Once a second at the most: when one waits, many do. */
  reportWait(waitedMs: number, pool: { readonly waiting: number; readonly max: number }): void {
    const now = performance.now();
    if (now - this.#waitReportedAt < reportEveryMs) return;
    this.#waitReportedAt = now;
    this.deps.logger.warn('A connection of the pool was long in coming.', {
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
    // Anew, so that what was slow longest ago stands first.
    this.#statements.delete(text);
    this.#statements.set(text, known);
    const [first] = this.#statements.keys();
    if (this.#statements.size > maxStatements && first !== undefined) this.#statements.delete(first);
    return known;
  }
}
