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

/** The ports that a start here would listen on. */
function wantedPorts(env: Environment): Wanted[] {
  const host = env['HOST'] || '0.0.0.0';
  const isDevelopment = env['NODE_ENV'] === 'development';
  return [
    { setting: 'PORT', host, port: env['PORT'] || '3000' },
    // In development any free port will do.
    { setting: 'WORKER_PORT', host, port: env['WORKER_PORT'] || (isDevelopment ? '0' : '3001') },
    // #region payments
    ...(isDevelopment && !env['PAYMENT_PROVIDER_URL']
      ? [{ setting: 'SANDBOX_PORT', host: '127.0.0.1', port: env['SANDBOX_PORT'] || '0' }]
      : []),
    // #endregion
  ];
}

/** Whether each port is free, and whose it is if not. */
export async function judgePorts(env: Environment, root: string): Promise<Finding[]> {
  const { ok } = about('ports');
  const wanted = wantedPorts(env);
  const fixed = wanted.filter(({ port }) => port !== '0');
  const any = wanted.filter(({ port }) => port === '0').map(({ setting }) => setting);
  const findings = await Promise.all(fixed.map((one) => judgePort(one, root)));
  return any.length === 0 ? findings : [...findings, ok(`${any.join(' and ')}: any free one`)];
}

async function judgePort({ setting, host, port }: Wanted, root: string): Promise<Finding> {
  const { ok, fail } = about('ports');
  try {
    await findPort(host, port, setting);
    return ok(`${setting} ${port} is free`);
  } catch (error) {
    if (!(error instanceof PortTaken)) return fail(firstLine(error));
    const listener = await findListener(Number(port)).catch(() => null);
    if (listener !== null && isOurs(listener, root))
      return ok(`${setting} ${port} is taken by this clone itself (${nameOf(listener)})`);
    const whose = listener === null ? 'another process, which this user may not see' : nameOf(listener);
    const stop = listener === null ? '' : `, or kill ${listener.pid}`;
    return fail(`${setting} ${port} is taken by ${whose}`, `${setting}=${Number(port) + 1}${stop}`);
  }
}

const nameOf = ({ pid, program }: Listener): string => `${program}, process ${pid}`;

// The service runs already: that is no fault.
function isOurs({ program, folder }: Listener, root: string): boolean {
  if (folder === null || !program.startsWith('node')) return false;
  const way = relative(root, folder);
  return !way.startsWith('..') && !isAbsolute(way);
}
