import { isAbsolute, relative } from 'node:path';
import type { Environment } from '../../src/config/environment.ts';
import { findPort, PortTaken } from '../../dev/port.ts';
import { about, firstLine, type Finding } from './finding.ts';
import { findListener, type Listener } from './port-owner.ts';

interface Wanted {
  readonly setting: string;
  readonly host: string;
  readonly port: string;
}

/** Returns the ports that a start would listen on. */
function wantedPorts(env: Environment): Wanted[] {
  const host = env['HOST'] || '0.0.0.0';
  const isDevelopment = env['NODE_ENV'] === 'development';
  return [
    { setting: 'PORT', host, port: env['PORT'] || '3000' },
    // By default, the worker uses any free port in development.
    { setting: 'WORKER_PORT', host, port: env['WORKER_PORT'] || (isDevelopment ? '0' : '3001') },
    // #region payments
    ...(isDevelopment && !env['PAYMENT_PROVIDER_URL']
      ? [{ setting: 'SANDBOX_PORT', host: '127.0.0.1', port: env['SANDBOX_PORT'] || '0' }]
      : []),
    // #endregion
  ];
}

/** Checks that each port is free. If a port is taken, names the process that uses it. */
export async function checkPorts(env: Environment, root: string): Promise<Finding[]> {
  const { ok } = about('ports');
  const wanted = wantedPorts(env);
  const fixed = wanted.filter(({ port }) => port !== '0');
  const any = wanted.filter(({ port }) => port === '0').map(({ setting }) => setting);
  const findings = await Promise.all(fixed.map((one) => checkPort(one, root)));
  return any.length === 0 ? findings : [...findings, ok(`${any.join(' and ')}: any free port`)];
}

async function checkPort({ setting, host, port }: Wanted, root: string): Promise<Finding> {
  const { ok, fail } = about('ports');
  try {
    await findPort(host, port, setting);
    return ok(`${setting} ${port} is free`);
  } catch (error) {
    if (!(error instanceof PortTaken)) return fail(firstLine(error));
    const listener = await findListener(Number(port)).catch(() => null);
    if (listener !== null && isOurs(listener, root))
      return ok(`${setting} ${port} is used by this clone itself (${nameOf(listener)})`);
    const user = listener === null ? 'a process of another user' : nameOf(listener);
    const stop = listener === null ? '' : `, or kill ${listener.pid}`;
    return fail(`${setting} ${port} is used by ${user}`, `${setting}=${Number(port) + 1}${stop}`);
  }
}

const nameOf = ({ pid, program }: Listener): string => `${program}, process ${pid}`;

// Returns whether the service itself already runs and uses the port, which is no problem.
function isOurs({ program, folder }: Listener, root: string): boolean {
  if (folder === null || !program.startsWith('node')) return false;
  const way = relative(root, folder);
  return !way.startsWith('..') && !isAbsolute(way);
}
