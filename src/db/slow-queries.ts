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

const planEveryMs = 10 * 60_000;
const rememberedMax = 500;
const waitEveryMs = 1_000;
const shownMax = 2_000;
const plannable = /^\s*(?:select|with|insert|update|delete)\b/i;

/**
 * Tells of queries that took too long, each with the shape of its plan: its SQL and never its parameters, which may be
 * somebody's data. A plan is asked for after the fact, one at a time, once in ten minutes for each text.
 */
export class SlowQueries {
  readonly #plannedAt = new Map<string, number>();
  #isPlanning = false;
  #waitToldAt = -Infinity;

  constructor(private readonly deps: SlowQueriesDeps) {}

  isSlow(tookMs: number): boolean {
    return tookMs >= this.deps.thresholdMs;
  }

  async tell(statement: Statement, { tookMs, rows, isFailed }: Outcome): Promise<void> {
    const plan = this.#isPlanDue(statement.text) ? await this.#plan(statement) : null;
    this.deps.logger.warn('A query was slow.', {
      event: 'database.slow-query',
      durationMs: Math.round(tookMs),
      sql: statement.text.slice(0, shownMax),
      ...(rows !== null && { rows }),
      ...(isFailed && { isFailed }),
      ...(plan !== null && { plan }),
    });
  }

  /** Once a second at the most: when one waits, many do. */
  tellOfWait(waitedMs: number, pool: { readonly waiting: number; readonly max: number }): void {
    const now = performance.now();
    if (now - this.#waitToldAt < waitEveryMs) return;
    this.#waitToldAt = now;
    this.deps.logger.warn('A connection of the pool was long in coming.', {
      event: 'database.slow-pool',
      durationMs: Math.round(waitedMs),
      ...pool,
    });
  }

  #isPlanDue(text: string): boolean {
    if (this.#isPlanning || !plannable.test(text)) return false;
    const plannedAt = this.#plannedAt.get(text);
    return plannedAt === undefined || performance.now() - plannedAt >= planEveryMs;
  }

  async #plan(statement: Statement): Promise<string | null> {
    this.#isPlanning = true;
    this.#remember(statement.text);
    try {
      return planShape(await this.deps.explain(statement));
    } catch {
      return null;
    } finally {
      this.#isPlanning = false;
    }
  }

  #remember(text: string): void {
    // Anew, so that the oldest stands first.
    this.#plannedAt.delete(text);
    this.#plannedAt.set(text, performance.now());
    const [oldest] = this.#plannedAt.keys();
    if (this.#plannedAt.size > rememberedMax && oldest !== undefined) this.#plannedAt.delete(oldest);
  }
}
