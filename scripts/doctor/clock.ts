import type pg from 'pg';
import { about, type Finding } from './finding.ts';

const warnMs = 2_000;
// The difference from which the check fails. An authenticator code is valid for 30 s, so a larger difference makes
// valid codes fail.
const failMs = 30_000;

/** Compares this machine's clock with the clock of the database. Half of the round-trip time is the uncertainty. */
export async function checkClock(client: pg.Client): Promise<Finding> {
  const before = Date.now();
  const started = performance.now();
  const { rows } = await client.query<{ ms: number }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
  );
  const tookMs = performance.now() - started;
  return describeDifference(before + tookMs / 2 - (rows[0]?.ms ?? Number.NaN), tookMs / 2);
}

/**
 * Returns the finding for a difference in milliseconds. The difference is positive if the clock of this machine is
 * ahead.
 */
export function describeDifference(differenceMs: number, marginMs: number): Finding {
  const { ok, warn, fail } = about('clock');
  const apart = Math.max(Math.abs(differenceMs) - marginMs, 0);
  const seconds = (Math.abs(differenceMs) / 1_000).toFixed(apart < warnMs ? 2 : 0);
  if (apart < warnMs) return ok(`differs from the database by ${seconds} s`);
  const side = differenceMs > 0 ? 'ahead of' : 'behind';
  const message =
    `${seconds} s ${side} the database's; access tokens and authenticator codes use this machine's clock, ` +
    "sessions, links, locks and schedules the database's";
  return apart < failMs
    ? warn(message, 'run timedatectl set-ntp true on both')
    : fail(message, 'run timedatectl set-ntp true on both');
}
