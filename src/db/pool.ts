import pg from 'pg';
import { awaitCommit, currentContext, runInContext, type WorkContext } from '../core/context.ts';
import type { Logger } from '../core/ports.ts';
import { commitTimeoutFor, isCommit, isStoring } from './commit.ts';
import { sessionStatement } from './connection.ts';
import { WriteProbe } from './write-probe.ts';
import { SlowQueries, type Outcome, type Statement } from './slow-queries.ts';

/** What is told of queries, and from which duration on. */
export interface SlowQuerySettings {
  readonly thresholdMs: number;
  readonly logger: Logger;
}

interface WatchedPoolOptions extends pg.PoolConfig {
  readonly slow?: SlowQuerySettings | undefined;
}

type GotClient = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (broken?: boolean | Error) => void,
) => void;

// Of what a query may take.
const planShare = 0.5;
const explain = 'EXPLAIN (FORMAT JSON) ';

/**
 * A pool that sees how each query ends, whoever asked it and in which form: TypeORM's own watch of slow queries sees only
 * what goes through its query runner, and none that failed or was given up.
 */
export class WatchedPool extends pg.Pool {
  /** Learns of each statement that failed. */
  readonly writes = new WriteProbe();
  readonly #slow: SlowQueries | undefined;

  constructor({ slow, ...options }: WatchedPoolOptions) {
    const statement = sessionStatement(options.options);
    const commitTimeoutMs = commitTimeoutFor(options.query_timeout ?? 0);
    // The pool waits for the promise, although its types say that nothing is returned.
    const hooks = {
      onConnect: async (client: pg.ClientBase): Promise<void> => {
        await prepareSession(client, statement);
        watchQueries(client, commitTimeoutMs, (args, ended) => {
          this.#queryEnded(client, args, ended);
        });
      },
    };
    super({ ...options, ...hooks });
    if (slow !== undefined)
      this.#slow = new SlowQueries({ ...slow, explain: (statement) => this.#explain(statement) });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: GotClient): void;
  override connect(callback?: GotClient): Promise<pg.PoolClient> | undefined {
    const startedAt = performance.now();
    if (callback === undefined) {
      const client = super.connect();
      client.then(() => this.#waited(startedAt)).catch(() => undefined);
      return client;
    }
    const context = currentContext();
    super.connect((...got) => {
      inContext(context, () => {
        this.#waited(startedAt);
        callback(...got);
      });
    });
    return undefined;
  }

  #waited(startedAt: number): void {
    const waitedMs = performance.now() - startedAt;
    if (this.#slow?.isSlow(waitedMs) !== true) return;
    this.#slow.reportWait(waitedMs, { waiting: this.waitingCount, max: this.options.max });
  }

  #queryEnded(client: pg.ClientBase, args: readonly unknown[], { tookMs, error, result }: Ended): void {
    // A query that pg gave up waiting for is still being answered on its connection, and whoever gets that
    // connection next would wait behind it. So the connection ends with the query.
    if (error instanceof Error && error.message === 'Query read timeout') destroy(client);
    if (error !== undefined) this.writes.recordFailure(error);
    if (this.#slow?.isSlow(tookMs) !== true) return;
    const statement = statementOf(args);
    if (statement === null || statement.text.startsWith(explain)) return;
    void this.#slow.report(statement, { tookMs, rows: rowsOf(result), isFailed: error !== undefined });
  }

  // On a connection of the pool, or there would be more of them than DATABASE_POOL_MAX says.
  async #explain({ text, values }: Statement): Promise<unknown> {
    const query = {
      text: explain + text,
      values,
      // In this mode the server takes one statement and no more, so that none behind a semicolon is carried out.
      queryMode: 'extended',
      query_timeout: (this.options.query_timeout ?? 0) * planShare,
    };
    const { rows } = await this.query<{ 'QUERY PLAN': unknown }>(query);
    return rows[0]?.['QUERY PLAN'];
  }
}

/** Gives a new connection its settings; one that cannot have them is closed, as nobody else would. */
async function prepareSession(client: pg.ClientBase, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    destroy(client);
    throw error;
  }
}

// pg calls back in the context of whoever gave the connection back, or sent the last packet. AsyncResource.bind would do
// the same for twenty times the price.
const inContext = (context: WorkContext | undefined, work: () => void): void =>
  context === undefined || context === currentContext() ? work() : runInContext(context, work);

interface Ended {
  readonly tookMs: number;
  readonly error?: unknown;
  readonly result?: unknown;
}

/**
 * Calls `ended` after each query of this client, before the caller receives the result. The deadline of the current
 * context waits for queries that store something, and COMMIT has a time-out of its own.
 */
function watchQueries(
  client: pg.ClientBase,
  commitTimeoutMs: number,
  ended: (args: readonly unknown[], how: Ended) => void,
): void {
  const target = client as unknown as { query(...args: unknown[]): unknown };
  const query = target.query.bind(client);
  target.query = (...given) => {
    const startedAt = performance.now();
    const context = currentContext();
    const text = textOf(given[0]);
    const args = isCommit(text) ? [{ text, query_timeout: commitTimeoutMs }, ...given.slice(1)] : given;
    const settle = context !== undefined && isStoring(text, client) ? expectOutcome(context) : undefined;
    const end = (error?: unknown, result?: unknown): void => {
      settle?.();
      ended(args, { tookMs: performance.now() - startedAt, error, result });
    };
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      return query(...args.slice(0, -1), (error: unknown, result: unknown): void => {
        inContext(context, () => {
          end(error ?? undefined, result);
          (callback as (error: unknown, result: unknown) => void)(error, result);
        });
      });
    }
    const answer = query(...args);
    if (answer instanceof Promise) answer.then((result: unknown) => end(undefined, result), end);
    return answer;
  };
}

/** Makes the deadline of this context wait for the outcome of a query; returns what to call once it is known. */
function expectOutcome(context: WorkContext): () => void {
  let settle = (): void => undefined;
  const outcome = new Promise<void>((resolve) => {
    settle = resolve;
  });
  awaitCommit(context, outcome);
  return settle;
}

function textOf(query: unknown): string {
  const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
  return typeof text === 'string' ? text : '';
}

function statementOf([first, second]: readonly unknown[]): Statement | null {
  const { text, values = second } = (
    typeof first === 'object' && first !== null ? first : { text: first }
  ) as Partial<Statement>;
  return typeof text === 'string' ? { text, values: Array.isArray(values) ? values : [] } : null;
}

const rowsOf = (result: unknown): Outcome['rows'] =>
  typeof result === 'object' && result !== null && 'rowCount' in result && typeof result.rowCount === 'number'
    ? result.rowCount
    : null;

const destroy = (client: pg.ClientBase): void => {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
};
