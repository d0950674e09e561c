import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from '../../src/config/environment.ts';
import type { Facts } from './facts.ts';
import { about, type Finding } from './finding.ts';

/** Returns the facts that the child process sends. If the child process fails, throws its error. */
export async function receiveFacts(child: ChildProcess): Promise<Facts> {
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const message = once(child, 'message').then(([facts]) => facts as Facts);
  const ended = once(child, 'close').then(() => null);
  const facts = await Promise.race([message, ended]);
  if (facts !== null) return facts;
  throw new Error(`the service cannot be loaded: ${reasonIn(output)}`);
}

/**
 * Returns the line of a stack trace that contains the error, together with the next line if the message continues
 * there.
 */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  const at = Math.max(
    lines.findIndex((line) => /^\w*Error\b/.test(line)),
    0,
  );
  const [first = '', next = ''] = lines.slice(at);
  return first.endsWith(':') ? `${first} ${next.trim()}` : first;
}

/** Checks that the service would start with these settings. */
export function checkSettings({ issues, generated }: Facts, env: Environment): Finding[] {
  const { ok, fail } = about('settings');
  const isProduction = env['NODE_ENV'] === 'production';
  const place = isProduction ? 'the environment' : '.env.local';
  if (issues.length > 0)
    return issues.map(({ name, message }) => fail(`${name} ${message}`, `set ${name} in ${place}`));
  const note = generated.length === 0 ? '' : `; the first start generates ${generated.join(' and ')}`;
  return [ok(`valid for ${env['NODE_ENV'] ?? ''}${note}`)];
}

/** Checks that production would accept the secrets. */
export function checkSecrets({ issues, rejectedInProduction }: Facts, env: Environment): Finding[] {
  const { ok, warn } = about('secrets');
  if (rejectedInProduction.length > 0)
    return rejectedInProduction.map(({ name, message }) =>
      warn(`${name} ${message}`, `set another ${name} for production, which rejects this one`),
    );
  if (env['NODE_ENV'] === 'production' && issues.length > 0) return [];
  return [ok('no defaults, placeholders or guessable values')];
}

/** Compares the applied migrations with the migrations in the code. `done` is null if the database is unreachable. */
export function checkMigrations(
  { migrations }: Facts,
  done: readonly string[] | null,
  env: Environment,
): Finding {
  const { ok, warn, fail } = about('migrations');
  if (done === null) return ok(`${migrations.length} in the code; the database's are unknown`);
  const pending = migrations.filter((name) => !done.includes(name));
  const foreign = done.filter((name) => !migrations.includes(name));
  if (pending.length > 0) {
    const message = `${pending.length} of ${migrations.length} pending, the first is ${pending[0] ?? ''}`;
    const level = env['NODE_ENV'] === 'production' ? fail : warn;
    return level(message, 'npm run db:migrate');
  }
  if (foreign.length > 0)
    return warn(
      `all ${migrations.length} applied, and ${foreign.length} that this code does not contain, such as ${foreign[0] ?? ''}`,
      'check whether another branch or a newer version uses this database',
    );
  return ok(`all ${migrations.length} applied`);
}

/** Checks that the database allows enough connections for the service. */
export function checkConnections({ connections }: Facts, room: number | null): Finding {
  const { ok, warn } = about('connections');
  if (connections === null || room === null) return ok('not compared; see settings and database');
  if (connections <= room) return ok(`at most ${connections}; the database allows ${room}`);
  return warn(
    `WEB_CONCURRENCY x (DATABASE_POOL_MAX + 1), a worker and a migration may use ${connections}; the database allows ${room}`,
    'lower DATABASE_POOL_MAX, or see "More processes" in docs/operations.md',
  );
}
