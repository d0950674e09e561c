import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { runCommand } from '../src/cli.ts';
import type { Environment } from '../src/config/environment.ts';
import { reapChild } from '../dev/embedded/reap.ts';
import { readCommandLine } from '../src/utils/command-line.ts';
import { withDatabase } from '../dev/open-database.ts';
import { findPort } from '../dev/port.ts';
import { withScratchDatabase } from './lib/scratch-database.ts';

// Measures, on a service of its own in production's settings, whether the time of a refused sign-in tells why it was
// refused, and whether a flood of sign-ins slows other requests. Prints what it finds; judges nothing.

readCommandLine(
  `Measures what the time of a refused sign-in tells, and what a flood of sign-ins slows, on a service of its own:
  npm run measure:sign-in
It takes no options.
`,
  {},
);

const samples = 200;
const password = 'correct horse battery';
const wrongPassword = 'wrong horse battery';
// Fewer than lock an account.
const triesPerAccount = 9;

type Why = 'unknown' | 'wrong' | 'locked' | 'disabled';

interface Answer {
  readonly ms: number;
  readonly status: number;
  readonly bytes: number;
}

const secret = (): string => randomBytes(48).toString('base64');

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

async function startServer(env: Environment, url: string): Promise<ChildProcess> {
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
  throw new Error('The service did not become ready in 20 s.');
}

/** Makes accounts enough for every sample of a kind. */
async function buildAccounts(env: Environment, kind: string): Promise<string[]> {
  const emails = Array.from(
    { length: Math.ceil(samples / triesPerAccount) },
    (_, index) => `${kind}${index}@measure.invalid`,
  );
  for (const email of emails)
    await runCommand('user:create', ['--email', email, '--password', password], env);
  return emails;
}

async function measureRefusals(env: Environment, url: string, db: pg.Client): Promise<void> {
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
  const kinds: Record<Why, (round: number) => Promise<Answer>> = {
    unknown: (round) => login(url, `unknown${round}@measure.invalid`, password),
    wrong: (round) => login(url, accountFor(known, round), wrongPassword),
    locked: () => login(url, locked, password),
    disabled: (round) => login(url, accountFor(disabled, round), password),
  };
  const answers: Record<Why, Answer[]> = { unknown: [], wrong: [], locked: [], disabled: [] };
  for (let round = 0; round < samples; round += 1) {
    // In turns, so that whatever else the machine does falls on all alike.
    for (const why of Object.keys(kinds) as Why[]) answers[why].push(await kinds[why](round));
  }
  const medians = Object.values(answers).map((list) =>
    quantile(
      list.map(({ ms }) => ms),
      0.5,
    ),
  );
  process.stdout.write(
    `A refused sign-in, ${samples} samples each\n  why        median     p5    p95 ms  status  bytes\n`,
  );
  for (const [why, list] of Object.entries(answers)) {
    const times = list.map(({ ms }) => ms);
    const figures = [0.5, 0.05, 0.95].map((share) => inMs(quantile(times, share))).join('');
    const seen = [list.map(({ status }) => status), list.map(({ bytes }) => bytes)].map((values) =>
      [...new Set(values)].join(),
    );
    process.stdout.write(`  ${why.padEnd(9)}${figures}  ${seen.join('  ')}\n`);
  }
  const spread = (Math.max(...medians) / Math.min(...medians) - 1) * 100;
  process.stdout.write(`  medians within ${spread.toFixed(1)} % of each other\n`);
}

async function measureFlood(url: string): Promise<void> {
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
  const judged = loginAnswers.filter(({ status }) => status === 401);
  const refused = loginAnswers.filter(({ status }) => status === 503);
  const times = (answers: readonly Answer[]) => answers.map(({ ms }) => ms);
  process.stdout.write(
    [
      `A flood of ${perSecond} sign-ins a second for ${seconds} s, ten times what the cores can hash`,
      `  judged ${judged.length}, refused with 503 ${refused.length}, other ${loginAnswers.length - judged.length - refused.length}`,
      `  refused within      ${inMs(quantile(times(refused), 0.95))} ms (p95)`,
      `  judged within       ${inMs(quantile(times(judged), 0.95))} ms (p95)`,
      `  other route, quiet  ${inMs(quantile(times(quiet), 0.95))} ms (p95)`,
      `  other route, flood  ${inMs(quantile(times(readAnswers), 0.95))} ms (p95), ${readAnswers.filter(({ status }) => status !== 200).length} failed`,
      '',
    ].join('\n'),
  );
}

await withDatabase((environment) =>
  withScratchDatabase(environment, async (databaseUrl) => {
    const port = await findPort('127.0.0.1', '0');
    const url = `http://127.0.0.1:${port}`;
    const env: Environment = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      JWT_SECRET: secret(),
      PASSWORD_PEPPER: secret(),
      RATE_LIMIT_GLOBAL_PER_MINUTE: '1000000',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '1000000',
      LOG_LEVEL: 'error',
    };
    await runCommand('db:migrate', [], env);
    const server = await startServer(env, url);
    const db = new pg.Client({ connectionString: databaseUrl });
    await db.connect();
    try {
      await measureRefusals(env, url, db);
      await measureFlood(url);
    } finally {
      await db.end();
      server.kill('SIGKILL');
    }
  }),
);
