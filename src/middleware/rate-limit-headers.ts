import { createHash } from 'node:crypto';
import type { Response } from 'express';
import type { RateLimitInfo } from 'express-rate-limit';

const maxPartitions = 10_000;
// Caches the hash of each client, because computing it takes longer than counting the request.
const partitions = new Map<string, string>();

/** Returns the public name of a key: a short hash, as express-rate-limit writes it. */
function partitionOf(key: string): string {
  const known = partitions.get(key);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 12);
  const partition = Buffer.from(hash).toString('base64');
  if (partitions.size >= maxPartitions) partitions.clear();
  partitions.set(key, partition);
  return partition;
}

/** Returns the seconds until the window of a limit ends. */
export const resetSecondsOf = ({ resetTime }: RateLimitInfo, windowSeconds: number): number =>
  resetTime === undefined
    ? windowSeconds
    : Math.max(0, Math.ceil((resetTime.getTime() - Date.now()) / 1_000));

/** Adds the `RateLimit` headers (draft 8) of a limit. */
export function addRateLimitHeaders(
  res: Response,
  name: string,
  info: RateLimitInfo,
  windowSeconds: number,
): void {
  if (res.headersSent) return;
  const { limit, remaining, key } = info;
  res.appendHeader('RateLimit', `"${name}"; r=${remaining}; t=${resetSecondsOf(info, windowSeconds)}`);
  res.appendHeader('RateLimit-Policy', `"${name}"; q=${limit}; w=${windowSeconds}; pk=:${partitionOf(key)}:`);
}
