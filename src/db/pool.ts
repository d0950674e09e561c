import pg from 'pg';
import type { DataSource } from 'typeorm';
import { awaitCommit, currentContext, isTooLate, runInContext, type WorkContext } from '../core/context.ts';
import { coreErrors } from '../core/errors.ts';
import type { Logger } from '../core/ports.ts';
import { destroyClient } from './client.ts';
import { commitTimeoutFor, isCommit, isStoring } from './commit.ts';
import { sessionStatement } from './connection.ts';
import { submit, type StatementQuery } from './statement.ts';
import { trusted } from './trusted.ts';
import { WriteProbe } from './write-probe.ts';
import { SlowQueries, type Outcome, type Statement } from './slow-queries.ts';

/** Settings of slow-query reports. */
export interface SlowQuerySettings {
  readonly thresholdMs: number;
  readonly logger: Logger;
}

interface WatchedPoolOptions extends pg.PoolConfig {
  readonly slow?: SlowQuerySettings | undefined;
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (broken?: boolean | Error) => void,
) => void;

/** The part of pg-pool that hands out an idle connection. */
interface IdleConnections {
  readonly _idle: {
    readonly client: pg.PoolClient;
    readonly idleListener: (error: Error) => void;
    readonly timeoutId: NodeJS.Timeout | undefined;
  }[];
  _acquireClient(
    client: pg.PoolClient,
    pending: { readonly callback: ConnectCallback },
    idleListener: (error: Error) => void,
    isNew: boolean,
  ): void;
}

// The timeout of EXPLAIN is this share of the query timeout.
const planShare = 0.5;
const explain = 'EXPLAIN (FORMAT JSON) ';

/**
 * A pg pool that observes every query, including those that fail or time out. TypeORM's own logging sees only the
 * successful queries of its query runner.
 */
export class WatchedPool extends pg.Pool {
  /** Records failures to write, for the health check. */
  readonly writes = new WriteProbe();
  readonly #slow: SlowQueries | undefined;
  readonly #commitTimeoutMs: number;

  constructor({ slow, ...options }: WatchedPoolOptions) {
    const statement = sessionStatement(options.options);
    const commitTimeoutMs = commitTimeoutFor(options.query_timeout ?? 0);
    // Return a promise from `onConnect`, although its type does not mention one: the pool waits for it.
    const hooks = {
      onConnect: async (client: pg.ClientBase): Promise<void> => {
        // Ignore this event. A connection that breaks while in use emits the event and also fails its query.
        client.on('error', () => undefined);
        await prepareSession(client, statement);
        watchQueries(client, commitTimeoutMs, (args, ended) => {
          this.#queryEnded(client, args, ended);
        });
      },
    };
    super({ ...options, ...hooks });
    this.#commitTimeoutMs = commitTimeoutMs;
    if (slow !== undefined)
      this.#slow = new SlowQueries({ ...slow, explain: (statement) => this.#explain(statement) });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    if (callback !== undefined && this.#useIdle(callback)) return undefined;
    const startedAt = performance.now();
    if (callback === undefined) {
      const client = super.connect();
      client.then(() => this.#reportWait(startedAt)).catch(() => undefined);
      return client;
    }
    const context = currentContext();
    super.connect((...results) => {
      inContext(context, () => {
        this.#reportWait(startedAt);
        callback(...results);
      });
    });
    return undefined;
  }

  /**
   * Runs a query outside a transaction and returns its rows. A statement that stores something is treated as a COMMIT: it
   * is not sent after the deadline, and its timeout is that of a COMMIT.
   */
  run<Row>(query: StatementQuery<Row>): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.connect((unavailable, client, release) => {
        if (client === undefined) {
          reject(unavailable ?? new Error('The pool returned no connection.'));
          return;
        }
        if (isStoring(query.text, client)) {
          // Nothing is awaited between this check and the statement, so the deadline cannot pass in between.
          if (isTooLate()) {
            release();
            reject(coreErrors.deadlineExceeded());
            return;
          }
          query.query_timeout = this.#commitTimeoutMs;
        }
        submit(client, query, (error) => {
          release();
          if (error === null) resolve(query.rows);
          else reject(error);
        });
      });
    });
  }

  /**
   * Calls back at once with an idle connection, and returns false if there is none or others wait. pg-pool would first
   * start a timeout and wait for the next tick.
   */
  #useIdle(callback: ConnectCallback): boolean {
    if (this.ending || this.waitingCount > 0) return false;
    const pool = trusted<IdleConnections>(this);
    const idle = pool._idle.pop();
    if (idle === undefined) return false;
    clearTimeout(idle.timeoutId);
    pool._acquireClient(idle.client, { callback }, idle.idleListener, false);
    return true;
  }

  #reportWait(startedAt: number): void {
    const waitedMs = performance.now() - startedAt;
    if (this.#slow?.isSlow(waitedMs) !== true) return;
    this.#slow.reportWait(waitedMs, { waiting: this.waitingCount, max: this.options.max });
  }

  #queryEnded(client: pg.ClientBase, args: readonly unknown[], { tookMs, error, result }: QueryEnd): void {
    // After a timeout in the client, the server still works on the query. Close the connection, because its next user
    // would have to wait for that query.
    if (error instanceof Error && error.message === 'Query read timeout') destroyClient(client);
    if (error !== undefined) this.writes.recordFailure(error);
    if (this.#slow?.isSlow(tookMs) !== true) return;
    const statement = statementOf(args);
    if (statement === null || statement.text.startsWith(explain)) return;
    void this.#slow.report(statement, { tookMs, rows: rowsOf(result), isFailed: error !== undefined });
  }

  // Uses a connection of the pool, so that the process never opens more than DATABASE_POOL_MAX.
  async #explain({ text, values }: Statement): Promise<unknown> {
    const query = {
      text: explain + text,
      values,
      // Use the extended protocol, because it accepts only a single statement. Otherwise, text after a semicolon would
      // be executed, not explained.
      queryMode: 'extended',
      query_timeout: (this.options.query_timeout ?? 0) * planShare,
    };
    const { rows } = await this.query<{ 'QUERY PLAN': unknown }>(query);
    return rows[0]?.['QUERY PLAN'];
  }
}

/** Returns the pool of a data source, or undefined before the data source connects. */
export const poolOf = ({ driver }: DataSource): WatchedPool | undefined =>
  'master' in driver && driver.master instanceof WatchedPool ? driver.master : undefined;

/** Applies the session settings to a new connection. If that fails, closes the connection. */
async function prepareSession(client: pg.ClientBase, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    destroyClient(client);
    throw error;
  }
}

// Restores the context, because pg runs the callback in the async context of the connection's previous user.
// AsyncResource.bind would also correct that, but takes twenty times as long.
const inContext = (context: WorkContext | undefined, work: () => void): void =>
  context === undefined || context === currentContext() ? work() : runInContext(context, work);

type QueryCallback = (error: unknown, result: unknown) => void;

const isQueryCallback = (value: unknown): value is QueryCallback => typeof value === 'function';

interface QueryEnd {
  readonly tookMs: number;
  readonly error?: unknown;
  readonly result?: unknown;
}

/**
 * Calls `ended` after each query of this client, before the caller receives the result. The deadline of the current
 * context waits for queries that store something. COMMIT has its own timeout.
 */
function watchQueries(
  client: pg.ClientBase,
  commitTimeoutMs: number,
  ended: (args: readonly unknown[], how: QueryEnd) => void,
): void {
  const target: { query(...args: unknown[]): unknown } = client;
  const query = target.query.bind(client);
  target.query = (...original) => {
    const startedAt = performance.now();
    const context = currentContext();
    const text = textOf(original[0]);
    const args = isCommit(text) ? [{ text, query_timeout: commitTimeoutMs }, ...original.slice(1)] : original;
    const settle = context !== undefined && isStoring(text, client) ? expectOutcome(context) : undefined;
    const end = (error?: unknown, result?: unknown): void => {
      settle?.();
      ended(args, { tookMs: performance.now() - startedAt, error, result });
    };
    const callback = args.at(-1);
    if (isQueryCallback(callback)) {
      return query(...args.slice(0, -1), (error: unknown, result: unknown): void => {
        inContext(context, () => {
          end(error ?? undefined, result);
          callback(error, result);
        });
      });
    }
    const answer = query(...args);
    if (answer instanceof Promise) answer.then((result: unknown) => end(undefined, result), end);
    return answer;
  };
}

/** Makes the deadline of this context wait until a query has ended. Returns the function that reports the end. */
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
  const text = textOf(first);
  const values =
    typeof first === 'object' && first !== null && 'values' in first ? (first.values ?? second) : second;
  return text === '' ? null : { text, values: Array.isArray(values) ? values : [] };
}

const rowsOf = (result: unknown): Outcome['rows'] =>
  typeof result === 'object' && result !== null && 'rowCount' in result && typeof result.rowCount === 'number'
    ? result.rowCount
    : null;
