import type pg from 'pg';
import { about, type Finding } from './finding.ts';

const warnMs = 2_000;
// One step of an authenticator app: beyond it, right codes are refused.
const failMs = 30_000;

/** How far this machine's clock is from the database's, give or take half of what asking took. */
export async function judgeClock(client: pg.Client): Promise<Finding> {
  const before = Date.now();
  const started = performance.now();
  const { rows } = await client.query<{ ms: number }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
  );
  const tookMs = performance.now() - started;
  return describeDifference(before + tookMs / 2 - (rows[0]?.ms ?? Number.NaN), tookMs / 2);
}

/** What a difference in milliseconds means; positive where this machine is ahead. */
export function describeDifference(differenceMs: number, marginMs: number): Finding {
  const { ok, warn, fail } = about('clock');
  const apart = Math.max(Math.abs(differenceMs) - marginMs, 0);
  const seconds = (Math.abs(differenceMs) / 1_000).toFixed(apart < warnMs ? 2 : 0);
  if (apart < warnMs) return ok(`${seconds} s from the database's`);
  const side = differenceMs > 0 ? 'ahead of' : 'behind';
  const message =
    `${seconds} s ${side} the database's; access tokens and authenticator codes go by this machine, ` +
    'sessions, links, locks and schedules by the database';
  return apart < failMs
    ? warn(message, 'timedatectl set-ntp true, on both')
    : fail(message, 'timedatectl set-ntp true, on both');
}
