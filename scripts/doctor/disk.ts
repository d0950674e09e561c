import { statfs } from 'node:fs/promises';
import { about, type Finding } from './finding.ts';

const gigabyte = 1e9;

/** Checks that the disk of `.data` has enough free space. */
export async function checkDisk(root: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(root);
  return describeRoom(bavail * bsize);
}

/** Returns the finding for a number of free bytes. */
export function describeRoom(bytes: number): Finding {
  const { ok, warn, fail } = about('disk');
  const message = `${(bytes / gigabyte).toFixed(1)} GB free for .data`;
  // A new database takes 40 MB, and its log (WAL) up to 1 GB by default.
  if (bytes < 0.1 * gigabyte)
    return fail(
      message,
      'free some space, for example by deleting .data, which includes the development database',
    );
  return bytes < gigabyte
    ? warn(message, 'free some space; PostgreSQL stops when the disk is full')
    : ok(message);
}
