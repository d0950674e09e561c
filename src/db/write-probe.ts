import { isWriteFailure } from './errors.ts';

// A failure is believed for this long: the probe may find room where a table finds none.
const failureTtlMs = 10_000;
const probeEveryMs = 5_000;

/** Whether the database can store something, from the failures of statements and from a probe now and then. */
export class WriteProbe {
  #failedMs = -Infinity;
  #probedMs = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Notes how a statement failed. */
  recordFailure(error: unknown): void {
    if (isWriteFailure(error)) this.#failedMs = this.now();
  }

  get hasFailed(): boolean {
    return this.now() - this.#failedMs < failureTtlMs;
  }

  /** Whether the probe is due; if so, the caller runs it. */
  isDue(): boolean {
    if (this.now() - this.#probedMs < probeEveryMs) return false;
    this.#probedMs = this.now();
    return true;
  }
}

/**
 * Fails if the disk is full or the server takes no writes. The rows do not fit into 64 kB and go to a temporary file, which
 * leaves nothing behind: neither a row, nor a table, nor WAL.
 */
export async function probeWrite(query: <Row>(sql: string) => Promise<Row[]>): Promise<void> {
  const [row] = await query<{ isReadOnly: boolean }>(
    `SELECT set_config('work_mem', '64kB', true), current_setting('transaction_read_only')::boolean AS "isReadOnly"`,
  );
  if (row?.isReadOnly === true)
    throw Object.assign(new Error('The database is read-only.'), { code: '25006' });
  await query('SELECT count(*) FROM generate_series(1, 20000)');
}
