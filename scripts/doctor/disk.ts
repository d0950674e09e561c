import { statfs } from 'node:fs/promises';
import { about, type Finding } from './finding.ts';

const gigabyte = 1e9;

/** Whether there is room for what development keeps in `.data`. */
export async function judgeDisk(root: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(root);
  return describeRoom(bavail * bsize);
}

/** What so many free bytes are good for. */
export function describeRoom(bytes: number): Finding {
  const { ok, warn, fail } = about('disk');
  const message = `${(bytes / gigabyte).toFixed(1)} GB free for .data`;
  // PostgreSQL's own files take 40 MB, and its log of changes up to 1 GB by default.
  if (bytes < 0.1 * gigabyte)
    return fail(message, 'free some; .data may be removed, with the development database');
  return bytes < gigabyte ? warn(message, 'free some: PostgreSQL stops when the disk is full') : ok(message);
}
