import { isWriteFailure } from './errors.ts';

// A failure counts for this long: the probe may succeed where a table write fails.
const failureTtlMs = 10_000;
const probeEveryMs = 5_000;

/** Tracks whether the database accepts writes, from failed statements and periodic probes. */
export class WriteProbe {
  #failedMs = -Infinity;
  #probedMs = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Records the error of a statement. */
  recordFailure(error: unknown): void {
    if (isWriteFailure(error)) this.#failedMs = this.now();
  }

  get hasFailed(): boolean {
    return this.now() - this.#failedMs < failureTtlMs;
  }

  /** Returns whether a probe is due; the caller then runs it. */
  isDue(): boolean {
    if (this.now() - this.#probedMs < probeEveryMs) return false;
    this.#probedMs = this.now();
    return true;
  }
}

/**
 * Throws if the disk is full or the server is read-only. The rows exceed 64 kB and spill to a temporary file, which
 * leaves no row, table or WAL behind.
 */
export async function probeWrite(query: <Row>(sql: string) => Promise<Row[]>): Promise<void> {
  const [row] = await query<{ isReadOnly: boolean }>(
    `SELECT set_config('work_mem', '64kB', true), current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
  );
  if (row?.isReadOnly === true)
    throw Object.assign(new Error('The database is read-only.'), { code: '25006' });
  await query('SELECT count(*) FROM generate_series(1, 20000)');
}
