import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from '../../src/config/environment.ts';
import type { Facts } from './facts.ts';
import { about, type Finding } from './finding.ts';

/** Waits for what the process beside this one finds out; throws with what kept it from that. */
export async function receiveFacts(child: ChildProcess): Promise<Facts> {
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const said = once(child, 'message').then(([facts]) => facts as Facts);
  const ended = once(child, 'close').then(() => null);
  const facts = await Promise.race([said, ended]);
  if (facts !== null) return facts;
  throw new Error(`cannot be looked at: ${reasonIn(output)}`);
}

/** The line of a stack trace that says what happened, with the one after it where that says where. */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  const at = Math.max(
    lines.findIndex((line) => /^\w*Error\b/.test(line)),
    0,
  );
  const [first = '', next = ''] = lines.slice(at);
  return first.endsWith(':') ? `${first} ${next.trim()}` : first;
}

/** Whether the service would start with these settings, in its own words. */
export function judgeSettings({ issues, toBeMade }: Facts, env: Environment): Finding[] {
  const { ok, fail } = about('settings');
  const isProduction = env['NODE_ENV'] === 'production';
  const place = isProduction ? 'the environment' : '.env.local';
  if (issues.length > 0)
    return issues.map(({ name, message }) => fail(`${name} ${message}`, `set ${name} in ${place}`));
  const made = toBeMade.length === 0 ? '' : `; the first start makes ${toBeMade.join(' and ')}`;
  return [ok(`valid for ${env['NODE_ENV'] ?? ''}${made}`)];
}

/** Whether the secrets are as good as production asks. */
export function judgeSecrets({ issues, unfit }: Facts, env: Environment): Finding[] {
  const { ok, warn } = about('secrets');
  if (unfit.length > 0)
    return unfit.map(({ name, message }) =>
      warn(`${name} ${message}`, 'before production, which refuses it'),
    );
  if (env['NODE_ENV'] === 'production' && issues.length > 0) return [];
  return [ok('none is a default, a placeholder, or easy to guess')];
}

/** Whether the database has had the migrations that the code counts on; `done` is null where it could not be asked. */
export function judgeMigrations(
  { migrations }: Facts,
  done: readonly string[] | null,
  env: Environment,
): Finding {
  const { ok, warn, fail } = about('migrations');
  if (done === null) return ok(`${migrations.length} in the code; what the database has had is not known`);
  const pending = migrations.filter((name) => !done.includes(name));
  const foreign = done.filter((name) => !migrations.includes(name));
  if (pending.length > 0) {
    const message = `${pending.length} of ${migrations.length} pending, the first is ${pending[0] ?? ''}`;
    const say = env['NODE_ENV'] === 'production' ? fail : warn;
    return say(message, 'npm run db:migrate');
  }
  if (foreign.length > 0)
    return warn(
      `all ${migrations.length} done, and ${foreign.length} that this code does not know, such as ${foreign[0] ?? ''}`,
      'is another branch or a newer version on this database?',
    );
  return ok(`all ${migrations.length} done`);
}

/** Whether the database has a connection for each that the service may ask for. */
export function judgeConnections({ connections }: Facts, room: number | null): Finding {
  const { ok, warn } = about('connections');
  if (connections === null || room === null) return ok('not compared: see settings and database');
  if (connections <= room) return ok(`${connections} at the most, and the database has ${room}`);
  return warn(
    `WEB_CONCURRENCY x DATABASE_POOL_MAX, a worker and a migration may take ${connections}, and the database has ${room}`,
    'lower DATABASE_POOL_MAX, or see "More processes" in docs/operations.md',
  );
}
