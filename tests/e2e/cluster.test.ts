import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { createServer, type Server } from 'node:net';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { freePort } from './port.ts';
import { get, run, start, testEnvironmentOn, until, type RunningProcess } from './process.ts';

interface Line {
  readonly message: string;
  readonly pid?: number;
  readonly event?: string;
  readonly endedPid?: number;
}

const linesOf = ({ stdout }: RunningProcess): Line[] =>
  stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

/** Returns the ids of the processes that logged a line with this text. */
const pidsOf = (server: RunningProcess, words: string): number[] => [
  ...new Set(
    linesOf(server).flatMap(({ message, pid }) => (message.includes(words) && pid !== undefined ? pid : [])),
  ),
];

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('several processes', () => {
  const name = databaseName('cluster');
  const running: RunningProcess[] = [];
  let databaseUrl: string;
  let port: number;

  beforeAll(async () => {
    databaseUrl = await createTestDatabase(name);
  });
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.signal('SIGKILL');
      await server.exited;
    }
  });
  afterAll(() => dropDatabase(name));

  const environment = (settings = {}) =>
    testEnvironmentOn(databaseUrl, { PORT: String(port), WEB_CONCURRENCY: '2', ...settings });

  /** Starts the server with two processes and waits until both listen. */
  const startTwo = async (settings = {}): Promise<{ server: RunningProcess; pids: number[] }> => {
    port = await freePort();
    const server = start('server', [], environment(settings));
    running.push(server);
    await until(() => pidsOf(server, 'Listening on').length === 2);
    return { server, pids: pidsOf(server, 'Listening on') };
  };

  /** Sends requests over new connections until each of these processes has replied to one. */
  const requestUntilAllAnswered = async (server: RunningProcess, pids: readonly number[]) => {
    const agent = new Agent({ keepAlive: false });
    await until(async () => {
      expect((await get(port, '/api/v1/users/me', agent)).status).toBe(401);
      const answering = pidsOf(server, 'request');
      return pids.every((pid) => answering.includes(pid));
    });
  };

  it('share one port, replace a killed process and exit with 0 on SIGTERM', async () => {
    const { server, pids } = await startTwo();
    await requestUntilAllAnswered(server, pids);
    const [victim = 0, survivor = 0] = pids;

    process.kill(victim, 'SIGKILL');
    await server.wrote('it is replaced');
    expect((await get(port, '/health/ready')).status).toBe(200);
    await until(() => pidsOf(server, 'Listening on').length === 3);
    const successor = pidsOf(server, 'Listening on').find((pid) => !pids.includes(pid)) ?? 0;
    await requestUntilAllAnswered(server, [survivor, successor]);

    server.signal('SIGTERM');
    const { code, signal, stderr } = await server.exited;
    expect([code, signal, stderr]).toEqual([0, null, '']);
    expect(pidsOf(server, 'Stopped.').sort()).toEqual([survivor, successor].sort());
    expect([victim, survivor, successor].filter(isAlive)).toEqual([]);
  });

  it('warn that each process counts rate limits separately', async () => {
    const { server } = await startTwo();
    const warnings = linesOf(server).filter(({ message }) => message.includes('rate limits'));
    expect(warnings.map(({ message }) => message)).toEqual([
      'Each of the 2 processes counts rate limits separately, so the limits are up to 2 times as high: set REDIS_URL to share them.',
    ]);
  });

  it('stop gracefully when a terminal signals all of them, and immediately at the second signal', async () => {
    const first = await startTwo({ SHUTDOWN_DELAY_MS: '500' });
    first.server.signalAll('SIGINT');
    const { code, stderr } = await first.server.exited;
    expect([code, stderr]).toEqual([0, '']);
    expect(pidsOf(first.server, 'Stopped.')).toHaveLength(2);

    const second = await startTwo({ SHUTDOWN_DELAY_MS: '8000' });
    second.server.signalAll('SIGINT');
    await second.server.wrote('SIGINT: stopping 2 processes.');
    await until(() => pidsOf(second.server, ': stopping.').length === 2);
    second.server.signalAll('SIGINT');
    expect((await second.server.exited).code).toBe(1);
    expect(pidsOf(second.server, 'Stopped.')).toEqual([]);
    await until(() => !second.pids.some(isAlive));
  });

  it('do not outlive the primary process', async () => {
    const { server, pids } = await startTwo();
    server.signal('SIGKILL');
    await until(() => !pids.some(isAlive));
  });

  describe('that cannot start', () => {
    let taken: Server;

    beforeAll(async () => {
      taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
    });
    afterAll(() => {
      taken.close();
    });

    it('exit with 78 and one message for invalid settings', async () => {
      const { code, stderr } = await run('server', [], environment({ PORT: 'http', JWT_SECRET: '' }));
      expect(code).toBe(78);
      expect(stderr.trim().split('\n')).toEqual([
        'The service cannot start with this environment:',
        expect.stringMatching(/^ {2}PORT /),
        expect.stringMatching(/^ {2}JWT_SECRET /),
        'See .env.example for every setting.',
      ]);
    });

    // #region payments
    it('exit with 78 and one message when a module refuses its settings', async () => {
      const settings = { PAYMENT_PROVIDER_URL: 'http://pay.example.com' };
      const { code, stderr } = await run('server', [], environment(settings));
      expect(code).toBe(78);
      expect(stderr.match(/cannot start/g)).toHaveLength(1);
    });
    // #endregion

    it('exit with 1 and one message when the port is in use', async () => {
      const { port: own } = taken.address() as { port: number };
      const { code, stderr } = await run('server', [], environment({ PORT: String(own) }));
      expect([code, stderr]).toEqual([
        1,
        `Port ${own} is used by another process: stop it, or set PORT to a free port.\n`,
      ]);
    });
  });
});
