import type { ClientBase } from 'pg';

// The minimum timeout of a COMMIT, even if other queries time out sooner. After a timeout, the outcome of the COMMIT is
// unknown.
const minTimeoutMs = 5_000;

const ending = /^\s*(?:commit|end)\b/i;
const writing =
  /^\s*(?:insert|update|delete|merge|call|do)\b|^\s*with\b.*\b(?:insert|update|delete|merge)\b/is;

/** Returns the timeout of a COMMIT in milliseconds, from the timeout of other queries. 0 means no limit. */
export const commitTimeoutFor = (queryTimeoutMs: number): number =>
  queryTimeoutMs === 0 ? 0 : Math.max(queryTimeoutMs, minTimeoutMs);

/** Returns whether this statement commits a transaction. */
export const isCommit = (text: string): boolean => ending.test(text);

/** Returns whether the statement stores something permanently: a COMMIT, or a write outside a transaction. */
export const isStoring = (text: string, client: ClientBase): boolean =>
  client.getTransactionStatus() === 'I' ? writing.test(text) : isCommit(text);

/** Commits the open transaction of this connection. Throws if the server rolled the transaction back instead. */
export async function commit(client: ClientBase): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command === 'COMMIT') return;
  throw new Error(
    'The transaction was rolled back because a statement failed and its error was caught. Let the error through, or run the statement in db.savepoint.',
  );
}
