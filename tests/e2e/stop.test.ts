import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { freePort } from './port.ts';
import { get, start, testEnvironmentOn, until, type RunningProcess } from './process.ts';

// How long the server drains, in ms. Use the maximum of the setting, because a slow machine must send another request
// in this time.
const delayMs = 8_000;

interface Attempt {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly status?: number;
  readonly connection?: string | undefined;
  readonly failure?: string;
}

/** Sends requests over one keep-alive connection until one fails. */
async function requestUntilFailure(port: number, path: string): Promise<Attempt[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const attempts: Attempt[] = [];
  for (;;) {
    const startedMs = performance.now();
    try {
      const { status, headers } = await get(port, path, agent);
      attempts.push({ startedMs, endedMs: performance.now(), status, connection: headers.connection });
    } catch (error) {
      const failure = String((error as NodeJS.ErrnoException).code);
      agent.destroy();
      return [...attempts, { startedMs, endedMs: performance.now(), failure }];
    }
  }
}

const isRefused = async (port: number): Promise<boolean> => {
  try {
    await get(port, '/health/live');
    return false;
  } catch {
    return true;
  }
};

describe('stopping', () => {
  const name = databaseName('stop');
  let databaseUrl: string;
  let port: number;

  beforeAll(async () => {
    databaseUrl = await createTestDatabase(name);
  });
  afterAll(() => dropDatabase(name));

  const startServer = async (shutdownDelayMs: number): Promise<RunningProcess> => {
    port = await freePort();
    const settings = { PORT: String(port), SHUTDOWN_DELAY_MS: String(shutdownDelayMs) };
    const server = start('server', [], testEnvironmentOn(databaseUrl, settings));
    await server.wrote('Listening on');
    return server;
  };

  it('loses no request of 20 busy clients', async () => {
    const server = await startServer(delayMs);
    let answered = 0;
    const clients = Array.from({ length: 20 }, async (_client, index) =>
      requestUntilFailure(port, index % 2 === 0 ? '/openapi.json' : '/health/live'),
    );
    const readiness = requestUntilFailure(port, '/health/ready');
    // Wait for several responses here, so that each client has sent several requests too.
    await until(async () => {
      answered += (await get(port, '/health/ready')).status === 200 ? 1 : 0;
      return answered === 20;
    });
    const signalledMs = performance.now();
    server.signal('SIGTERM');
    const { code, signal, stderr } = await server.exited;
    const attempts = (await Promise.all(clients)).flat();
    const ready = await readiness;

    expect([code, signal, stderr]).toEqual([0, null, '']);

    const early = attempts.filter(
      ({ failure, endedMs }) => failure !== undefined && endedMs < signalledMs + delayMs,
    );
    expect(early).toEqual([]);
    expect(new Set(attempts.map(({ status }) => status))).toEqual(new Set([200, undefined]));

    // After the first response with `Connection: close`, every later response must have it too.
    const closing = attempts.filter(({ connection }) => connection === 'close');
    const drainedMs = Math.min(...closing.map(({ endedMs }) => endedMs));
    const after = attempts.filter(({ startedMs, status }) => startedMs > drainedMs && status !== undefined);
    expect(after).not.toEqual([]);
    expect(after.filter(({ connection }) => connection !== 'close')).toEqual([]);
    const before = attempts.filter(({ endedMs }) => endedMs < signalledMs);
    expect(before.filter(({ connection }) => connection === 'close')).toEqual([]);

    const firstUnready = ready.findIndex(({ status }) => status === 503);
    expect(firstUnready).toBeGreaterThan(-1);
    expect(ready.slice(firstUnready, -1).every(({ status }) => status === 503)).toBe(true);
  });

  it('reports draining, keeps serving, and exits immediately at the second signal', async () => {
    const server = await startServer(delayMs);
    server.signal('SIGTERM');
    await server.wrote('SIGTERM: stopping.');
    const { status, body } = await get(port, '/health/ready');
    expect([status, body]).toEqual([503, '{"status":"draining"}']);
    expect((await get(port, '/health/live')).status).toBe(200);
    expect((await get(port, '/api/v1/users/me')).status).toBe(401);
    server.signal('SIGTERM');
    const { code, stdout } = await server.exited;
    expect(code).toBe(1);
    expect(stdout).not.toContain('Stopped.');
  });

  it('completes a request in flight and closes its connection', async () => {
    const server = await startServer(0);
    const body = JSON.stringify({ email: 'nobody@example.com', password: 'wrong password' });
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const headers = [`Host: localhost`, 'Content-Type: application/json', `Content-Length: ${body.length}`];
    socket.write(
      `POST /api/v1/auth/login HTTP/1.1\r\n${headers.join('\r\n')}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await until(() => answer.includes('100 Continue'));

    server.signal('SIGTERM');
    await until(() => isRefused(port));
    socket.write(body);
    await ended;

    expect(answer).toContain('HTTP/1.1 401 Unauthorized');
    expect(answer).toContain('AUTH_INVALID_CREDENTIALS');
    expect(answer).toMatch(/^Connection: close\r$/m);
    expect((await server.exited).code).toBe(0);
  });

  it('does not wait for idle connections', async () => {
    const server = await startServer(0);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('connect', resolve));
    server.signal('SIGTERM');
    // Expect 0, because the exit code 1 would mean that the server did not stop within 20 s.
    expect((await server.exited).code).toBe(0);
    socket.destroy();
  });
});
