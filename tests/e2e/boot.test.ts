import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createEmptyDatabase, createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { freePort } from './port.ts';
import { get, productionEnvironmentOn, run, start, testEnvironmentOn, until } from './process.ts';

/** Returns the lines of an output. */
const linesOf = (text: string): string[] => text.trim().split('\n');

describe('the server process', () => {
  const names = { migrated: databaseName('boot'), empty: databaseName('boot_empty') };
  let migrated: string;
  let empty: string;
  let taken: Server;

  beforeAll(async () => {
    [migrated, empty] = await Promise.all([
      createTestDatabase(names.migrated),
      createEmptyDatabase(names.empty),
    ]);
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
  });
  afterAll(async () => {
    taken.close();
    await Promise.all(Object.values(names).map(dropDatabase));
  });

  it('names every issue of its environment and exits with 78', async () => {
    const { code, stderr, stdout } = await run('server', [], {
      DATABASE_URL: 'postgres://postgres:postgres@db/x',
      JWT_SECRET: 'too-short-and-secret',
      PORT: 'http',
      TRUST_PROXY: 'true',
      BCRYPT_COST: '4',
    });
    expect(code).toBe(78);
    for (const name of [
      'DATABASE_URL',
      'JWT_SECRET',
      'PASSWORD_PEPPER',
      'PORT',
      'TRUST_PROXY',
      'BCRYPT_COST',
    ]) {
      expect(stderr).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect(linesOf(stderr)).toHaveLength(8);
    expect(stderr + stdout).not.toMatch(/too-short|postgres:postgres/);
  });

  it('exits with 1 and names the command when the database lacks migrations', async () => {
    const { code, stderr } = await run('server', [], testEnvironmentOn(empty, { PORT: '0' }));
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([expect.stringContaining('run `npm run db:migrate`')]);
  });

  it('exits with 1 and one clear line when the database cannot be reached', async () => {
    const url = 'postgres://app:kG8xQ2vN5tRw@localhost:1/x';
    const { code, stderr } = await run('server', [], testEnvironmentOn(url, { PORT: '0' }));
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/^The database cannot be reached \(.*ECONNREFUSED/),
    ]);
    expect(stderr).not.toContain('kG8xQ2vN5tRw');
  });

  it.each([
    ['server', 'PORT'],
    ['worker', 'WORKER_PORT'],
  ] as const)('exits with 1 and one clear line when the port of the %s is in use', async (entry, setting) => {
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await run(entry, [], testEnvironmentOn(migrated, { [setting]: String(port) }));
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      `Port ${port} is used by another process: stop it, or set ${setting} to a free port.`,
    ]);
  });

  it('exits with 1 and one clear line when HOST is an address of another machine', async () => {
    // No machine can listen on this address, because it is reserved for documentation (RFC 5737).
    const env = testEnvironmentOn(migrated, { HOST: '192.0.2.1', PORT: '0' });
    const { code, stderr } = await run('server', [], env);
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      'HOST=192.0.2.1 is not an address of this machine (EADDRNOTAVAIL): set HOST to one that is, or to 0.0.0.0 for all.',
    ]);
  });

  it('runs in production with HSTS and without documentation', async () => {
    const port = await freePort();
    const server = start(
      'server',
      [],
      productionEnvironmentOn(migrated, { PORT: String(port), SHUTDOWN_DELAY_MS: '0' }),
    );
    await server.wrote('Listening on');
    await until(async () => (await get(port, '/health/ready')).status === 200);
    const response = await get(port, '/api/v1/users/me');
    expect(response.status).toBe(401);
    expect(response.headers['strict-transport-security']).toContain('max-age=');
    expect((await get(port, '/docs')).status).toBe(404);
    server.signal('SIGINT');
    const { code, stderr, stdout } = await server.exited;
    expect([code, stderr]).toEqual([0, '']);
    for (const line of linesOf(stdout)) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
