import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  DataSource,
  EntityManager,
  EntityTarget,
  ObjectLiteral,
  QueryRunner,
  Repository,
} from 'typeorm';
import type { PoolClient } from 'pg';
import { currentContext, isTooLate } from '../core/context.ts';
import { coreErrors } from '../core/errors.ts';
import type { Logger } from '../core/ports.ts';
import { commit } from './commit.ts';
import { LookUps } from './entity-reader.ts';
import { isOutage, isRetryable } from './errors.ts';
import { poolOf, type WatchedPool } from './pool.ts';
import { Statements, type Statement } from './prepared.ts';
import { probeWrite } from './write-probe.ts';
import { trusted } from './trusted.ts';
import { outdated, unreachable, type Unreachable } from './unreachable.ts';

const maxAttempts = 4;
const maxWaiters = 1_000;

/** Runs `work` in a transaction: either all its changes are stored, or none. */
export type Transaction = <T>(work: () => Promise<T>) => Promise<T>;

type AfterCommit = () => unknown;

interface DatabaseOptions {
  readonly isNamingStatements?: boolean;
  /** Receives errors of `afterCommit` callbacks. */
  readonly logger?: Logger | undefined;
}

/** Database access of one app. AsyncLocalStorage carries the open transaction, so functions need not pass it on. */
export class Database {
  readonly #open = new AsyncLocalStorage<QueryRunner>();
  readonly #afterCommit = new WeakMap<QueryRunner, readonly AfterCommit[]>();
  readonly #statements: Statements;
  readonly #lookUps: LookUps;
  readonly #logger: Logger | undefined;
  #reachability: Promise<boolean> | undefined;

  constructor(
    readonly dataSource: DataSource,
    { isNamingStatements = true, logger }: DatabaseOptions = {},
  ) {
    this.#logger = logger;
    this.#lookUps = new LookUps(dataSource);
    this.#statements = new Statements(dataSource, isNamingStatements);
  }

  /** Opens the connection pool. If the server is unreachable or too old, throws an error that says what to do. */
  async connect(): Promise<void> {
    try {
      await this.dataSource.initialize();
    } catch (error) {
      throw connectError(unreachable(error, this.url), error);
    }
    const old = outdated(this.dataSource.driver.version ?? '');
    if (old === null) return;
    await this.close();
    throw connectError(old);
  }

  /** The user and database of the connection as a URL for messages. It contains neither host nor password. */
  get url(): string {
    const { options } = this.dataSource;
    const user = options.type === 'postgres' ? options.username : undefined;
    return `postgres://${encodeURIComponent(user ?? '')}@/${encodeURIComponent(String(options.database ?? ''))}`;
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** Returns TypeORM's repository, bound to the open transaction if there is one. */
  repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.manager().getRepository(entity);
  }

  /** Runs SQL with `$1`-style parameters, in the open transaction if there is one. Returns the rows. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const runner = this.#open.getStore();
    if (runner === undefined) this.#rejectWhenOverloaded();
    const result: unknown = await (runner ?? this.dataSource).query(sql, parameters);
    // TypeORM returns [rows, count] for UPDATE and DELETE, and rows for every other statement.
    const isPair =
      Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number';
    return trusted<Row[]>(isPair ? result[0] : result);
  }

  /**
   * Runs SQL as `query` does, but as a prepared statement, which each connection plans only once. Use it for frequent
   * queries with constant SQL text. One plan must suit all values, so do not use it for lists or searches.
   */
  async prepared<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.#run(this.#statements.plain<Row>(sql), parameters);
  }

  /**
   * Deletes up to `limit` rows that match the SQL condition and returns the number deleted. Skips rows that another
   * transaction has locked. In the condition, `$1` is the limit, and `values` start at `$2`.
   */
  async purge(
    table: string,
    condition: string,
    limit: number,
    values: readonly unknown[] = [],
  ): Promise<number> {
    const rows = await this.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE ${condition} LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
      [limit, ...values],
    );
    return rows.length;
  }

  /**
   * Returns the row with these values, or null if there is none or it is soft-deleted. Does the same as TypeORM's
   * `findOneBy` without relations, but with a prepared statement.
   */
  async findOne<Entity extends ObjectLiteral>(
    entity: EntityTarget<Entity>,
    values: Readonly<Partial<Entity>>,
  ): Promise<Entity | null> {
    const [found] = await this.#run(this.#lookUps.of(entity, Object.keys(values)), Object.values(values));
    return found ?? null;
  }

  /**
   * Runs `work` in the open transaction, or in a new one if none is open. Repeats a new transaction up to three times
   * after a serialization failure, a deadlock or a lock timeout, so `work` must have no effects outside the database.
   */
  readonly transaction: Transaction = async (work) => {
    if (this.#open.getStore() !== undefined) return work();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#runOnce(work);
      } catch (error) {
        if (!isRetryable(error) || attempt === maxAttempts || isTooLate()) throw error;
        await sleep(Math.random() * 20 * 2 ** attempt);
      }
    }
  };

  /** True if a transaction is open in the current async context. */
  get isInTransaction(): boolean {
    return this.#open.getStore() !== undefined;
  }

  /**
   * Calls `work` after the open transaction commits, or immediately if none is open. Does not call `work` after a
   * rollback. Errors of `work` are logged. They affect neither the transaction nor other callbacks.
   */
  afterCommit(work: AfterCommit): void {
    const runner = this.#open.getStore();
    if (runner === undefined) void this.#runCallback(work);
    else this.#afterCommit.set(runner, [...(this.#afterCommit.get(runner) ?? []), work]);
  }

  /** Runs `work` in a savepoint. If `work` fails, only its own changes are undone. Throws outside a transaction. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const runner = this.#open.getStore();
    if (runner === undefined)
      throw new Error('db.savepoint needs an open transaction: call it inside db.transaction.');
    const callbacks = this.#afterCommit.get(runner) ?? [];
    await runner.query('SAVEPOINT work');
    try {
      return await work();
    } catch (error) {
      this.#afterCommit.set(runner, callbacks);
      if (!isOutage(error)) await runner.query('ROLLBACK TO SAVEPOINT work');
      throw error;
    }
  }

  /**
   * Returns whether the database answers within the timeout and accepts writes. A full disk is noticed within 5 s.
   * After the disk has space again, the result stays false for up to 10 s.
   */
  async isReachable(timeoutMs: number): Promise<boolean> {
    // Let concurrent callers share one probe, because health checks are not rate limited and must not exhaust the pool.
    this.#reachability ??= this.#runProbe()
      .then(
        () => this.#pool?.writes.hasFailed !== true,
        (error: unknown) => {
          this.#pool?.writes.recordFailure(error);
          return false;
        },
      )
      .finally(() => {
        this.#reachability = undefined;
      });
    return Promise.race([this.#reachability, sleep(timeoutMs, false, { ref: false })]);
  }

  #run<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    const runner = this.#open.getStore();
    if (runner === undefined) this.#rejectWhenOverloaded();
    return this.#statements.run(runner, statement, values);
  }

  async #runProbe(): Promise<void> {
    if (this.#pool?.writes.isDue() === true)
      await this.transaction(() => probeWrite((sql) => this.query(sql)));
    else await this.dataSource.query('SELECT 1');
  }

  get #pool(): WatchedPool | undefined {
    return poolOf(this.dataSource);
  }

  async #runOnce<T>(work: () => Promise<T>): Promise<T> {
    this.#rejectWhenOverloaded();
    const runner = this.dataSource.createQueryRunner();
    let broken: Error | undefined;
    let result: T;
    try {
      await runner.startTransaction();
      result = await this.#open.run(runner, work);
      const client = trusted<PoolClient>(await runner.connect());
      // Check the deadline immediately before the COMMIT. Nothing is awaited in between, so the deadline cannot pass in
      // between.
      if (isTooLate()) throw coreErrors.deadlineExceeded();
      await commit(client);
    } catch (error) {
      if (isOutage(error) && error instanceof Error) broken = error;
      else if (runner.isTransactionActive) {
        await runner.rollbackTransaction().catch((failure: unknown) => {
          broken = failure instanceof Error ? failure : new Error(String(failure));
        });
      }
      throw error;
    } finally {
      await release(runner, broken);
    }
    for (const callback of this.#afterCommit.get(runner) ?? []) void this.#runCallback(callback);
    return result;
  }

  async #runCallback(work: AfterCommit): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger?.error('An afterCommit callback failed. The transaction itself was committed.', { error });
    }
  }

  manager(): EntityManager {
    const runner = this.#open.getStore();
    if (runner === undefined) this.#rejectWhenOverloaded();
    return runner?.manager ?? this.dataSource.manager;
  }

  // Fails fast if the queue for connections is too long to be served in time.
  #rejectWhenOverloaded(): void {
    // If the deadline has already replied to this request, leave the connections to requests that still wait.
    if (currentContext()?.isExpired === true) throw coreErrors.deadlineExceeded();
    const pool = this.#pool;
    if (pool !== undefined && pool.waitingCount >= maxWaiters) {
      throw coreErrors.unavailable([], { headers: { 'Retry-After': '1' } });
    }
  }
}

const connectError = ({ problem, advice }: Unreachable, cause?: unknown): Error =>
  new Error(`${problem}: ${advice}.`, { cause });

interface DestroyingRunner extends QueryRunner {
  releasePostgresConnection(error: Error): Promise<void>;
}

const canDestroy = (runner: QueryRunner): runner is DestroyingRunner => 'releasePostgresConnection' in runner;

/** Releases the connection, or destroys it if its state is unknown. */
async function release(runner: QueryRunner, broken: Error | undefined): Promise<void> {
  if (broken !== undefined && canDestroy(runner)) await runner.releasePostgresConnection(broken);
  else await runner.release();
}
