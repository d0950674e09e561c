import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { reapChild } from '../../dev/embedded/reap.ts';
import { runCommand } from '../../src/cli.ts';
import type { Environment } from '../../src/config/environment.ts';

const samples = 200;
const password = 'correct horse battery';
const wrongPassword = 'wrong horse battery';
// The number of sign-ins per account. It is less than the number of failures that locks an account.
const triesPerAccount = 9;

type Reason = 'unknown' | 'wrong' | 'locked' | 'disabled';

interface Answer {
  readonly ms: number;
  readonly status: number;
  readonly bytes: number;
}

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

const inMs = (value: number): string => value.toFixed(1).padStart(8);

async function call(url: string, init?: RequestInit): Promise<Answer> {
  const startedAt = performance.now();
  const response = await fetch(url, init);
  const body = await response.text();
  return { ms: performance.now() - startedAt, status: response.status, bytes: body.length };
}

const login = (url: string, email: string, given: string): Promise<Answer> =>
  call(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password: given }),
  });

/** Starts a server and returns it when it is ready. */
export async function startServer(env: Environment, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  reapChild(child);
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 100) {
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return child;
    await sleep(100);
  }
  child.kill();
  throw new Error('The service was not ready within 20 s.');
}

/** Creates as many accounts as the samples of this kind need. */
async function buildAccounts(env: Environment, kind: string): Promise<string[]> {
  const emails = Array.from(
    { length: Math.ceil(samples / triesPerAccount) },
    (_, index) => `${kind}${index}@measure.invalid`,
  );
  for (const email of emails)
    await runCommand('user:create', ['--email', email, '--password', password], env);
  return emails;
}

/**
 * Measures rejected sign-ins and prints the results. If their duration depended on the reason, a caller could learn the
 * reason.
 */
export async function measureRejections(env: Environment, url: string, db: pg.Client): Promise<void> {
  const known = await buildAccounts(env, 'known');
  const disabled = await buildAccounts(env, 'disabled');
  await db.query(`UPDATE users SET status = 'disabled' WHERE email LIKE 'disabled%'`);
  const locked = 'locked@measure.invalid';
  await runCommand('user:create', ['--email', locked, '--password', password], env);
  for (let round = 0; round < 10; round += 1) await login(url, locked, wrongPassword);
  await db.query(
    `UPDATE attempts SET locked_until = now() + interval '1 day' WHERE locked_until IS NOT NULL`,
  );

  const accountFor = (emails: readonly string[], round: number) =>
    emails[Math.floor(round / triesPerAccount)] ?? '';
  const kinds: Record<Reason, (round: number) => Promise<Answer>> = {
    unknown: (round) => login(url, `unknown${round}@measure.invalid`, password),
    wrong: (round) => login(url, accountFor(known, round), wrongPassword),
    locked: () => login(url, locked, password),
    disabled: (round) => login(url, accountFor(disabled, round), password),
  };
  const answers: Record<Reason, Answer[]> = { unknown: [], wrong: [], locked: [], disabled: [] };
  for (let round = 0; round < samples; round += 1) {
    // Alternate between the kinds, so that other load on the machine affects all of them equally.
    for (const reason of Object.keys(kinds) as Reason[]) answers[reason].push(await kinds[reason](round));
  }
  const medians = Object.values(answers).map((list) =>
    quantile(
      list.map(({ ms }) => ms),
      0.5,
    ),
  );
  process.stdout.write(
    `Rejected sign-ins, ${samples} samples each\n  reason     median     p5    p95 ms  status  bytes\n`,
  );
  for (const [reason, list] of Object.entries(answers)) {
    const times = list.map(({ ms }) => ms);
    const figures = [0.5, 0.05, 0.95].map((share) => inMs(quantile(times, share))).join('');
    const seen = [list.map(({ status }) => status), list.map(({ bytes }) => bytes)].map((values) =>
      [...new Set(values)].join(),
    );
    process.stdout.write(`  ${reason.padEnd(9)}${figures}  ${seen.join('  ')}\n`);
  }
  const spread = (Math.max(...medians) / Math.min(...medians) - 1) * 100;
  process.stdout.write(`  the medians differ by at most ${spread.toFixed(1)} %\n`);
}

/** Measures how a flood of sign-ins affects another route. Prints the results. */
export async function measureFlood(url: string): Promise<void> {
  const oneMs = quantile(
    await Promise.all([login(url, 'one@measure.invalid', 'x')]).then((all) => all.map(({ ms }) => ms)),
    0.5,
  );
  const perSecond = Math.ceil((10 * availableParallelism() * 1_000) / oneMs);
  const seconds = 15;
  const read = () => call(`${url}/health/ready`);
  const quiet: Answer[] = [];
  for (let round = 0; round < 100; round += 1) quiet.push(await read());

  const flood: Promise<Answer>[] = [];
  const reads: Promise<Answer>[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < seconds * 1_000) {
    const dueLogins = ((performance.now() - startedAt) / 1_000) * perSecond;
    while (flood.length < dueLogins) flood.push(login(url, `flood${flood.length}@measure.invalid`, 'x'));
    const dueReads = ((performance.now() - startedAt) / 1_000) * 20;
    while (reads.length < dueReads) reads.push(read());
    await sleep(5);
  }
  const [loginAnswers, readAnswers] = [await Promise.all(flood), await Promise.all(reads)];
  const processed = loginAnswers.filter(({ status }) => status === 401);
  const rejected = loginAnswers.filter(({ status }) => status === 503);
  const times = (answers: readonly Answer[]) => answers.map(({ ms }) => ms);
  process.stdout.write(
    [
      `Flood of ${perSecond} sign-ins/s for ${seconds} s, ten times the hashing capacity`,
      `  processed ${processed.length}, rejected with 503 ${rejected.length}, other ${loginAnswers.length - processed.length - rejected.length}`,
      `  rejected            ${inMs(quantile(times(rejected), 0.95))} ms (p95)`,
      `  processed           ${inMs(quantile(times(processed), 0.95))} ms (p95)`,
      `  other route, quiet  ${inMs(quantile(times(quiet), 0.95))} ms (p95)`,
      `  other route, flood  ${inMs(quantile(times(readAnswers), 0.95))} ms (p95), ${readAnswers.filter(({ status }) => status !== 200).length} failed`,
      '',
    ].join('\n'),
  );
}
