import { isWriteFailure } from './errors.ts';

// After a failed write, the database counts as not writable for this long, because a probe may succeed where a write to
// a table fails.
const failureTtlMs = 10_000;
const probeEveryMs = 5_000;

/** Knows whether the database accepts writes, from failed statements and from periodic probes. */
export class WriteProbe {
  #failedMs = -Infinity;
  #probedMs = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Records the error of a statement if it shows that the database cannot write. */
  recordFailure(error: unknown): void {
    if (isWriteFailure(error)) this.#failedMs = this.now();
  }

  get hasFailed(): boolean {
    return this.now() - this.#failedMs < failureTtlMs;
  }

  /** Returns true if a probe is due. The caller must then run it. */
  isDue(): boolean {
    if (this.now() - this.#probedMs < probeEveryMs) return false;
    this.#probedMs = this.now();
    return true;
  }
}

/**
 * Throws if the disk is full or the server is read-only. The query generates more than 64 kB of rows, which PostgreSQL
 * writes to a temporary file. The query leaves no rows, tables or WAL behind.
 */
export async function probeWrite(query: <Row>(sql: string) => Promise<Row[]>): Promise<void> {
  const [row] = await query<{ isReadOnly: boolean }>(
    `SELECT set_config('work_mem', '64kB', true), current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
  );
  if (row?.isReadOnly === true)
    throw Object.assign(new Error('The database is read-only.'), { code: '25006' });
  await query('SELECT count(*) FROM generate_series(1, 20000)');
}
