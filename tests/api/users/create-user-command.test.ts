import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../src/cli.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { testEnvironment } from '../../helpers/config.ts';

describe('user:create', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const password = 'correct horse battery';
  const run = (options: Record<string, string>) =>
    runCommand(
      'user:create',
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      { ...testEnvironment, DATABASE_URL: test.databaseUrl },
    );

  const login = (email: string) => test.http.post('/auth/login').send({ email, password }).expect(200);

  it('creates the first administrator and prints the id', async () => {
    const said = await run({ email: 'Root@Example.com', password, role: 'admin', name: 'Root' });
    const { body } = await login('root@example.com');
    const { host, pathname } = new URL(test.databaseUrl);
    expect(body.data.user).toMatchObject({ email: 'root@example.com', name: 'Root', roles: ['admin'] });
    expect(said).toBe(`Created root@example.com (admin), id ${body.data.user.id}. (${host}${pathname})`);
    await test.as(body.data).get('/users').expect(200);
    expect(await auditEventsOf(test, 'users', body.data.user.id)).toMatchObject([
      { type: 'users.created', actorId: null, ip: null, details: { roles: ['admin'] } },
    ]);
  });

  it('creates a user named like the address by default', async () => {
    await run({ email: 'plain@example.com', password });
    const { body } = await login('plain@example.com');
    expect(body.data.user).toMatchObject({ name: 'plain@example.com', roles: ['user'] });
  });

  it('truncates the default name for a very long address', async () => {
    const email = `long@${'x'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(40)}.example`;
    await run({ email, password });
    await login(email);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no address', { password }, /"?email"? is required.*Check --email, --password, --role and --name\./],
    ['no password', { email: 'a@example.com' }, /"?password"? is required/],
    ['an address that is none', { email: 'root', password }, /email"? must be a valid email/],
    ['a short password', { email: 'a@example.com', password: 'short' }, /password.*at least 8 characters/],
    [
      'an unknown role',
      { email: 'a@example.com', password, role: 'root' },
      /must be one of \[user, manager, admin\]/,
    ],
    ['an option that it has not', { email: 'a@example.com', password, status: 'active' }, /--status/],
  ])('rejects %s and names the options', async (_what, options, message) => {
    await expect(run(options)).rejects.toThrow(message);
    expect(await test.db.query(`SELECT 1 FROM users WHERE email = 'a@example.com'`)).toEqual([]);
  });

  it('rejects a taken address', async () => {
    await run({ email: 'twice@example.com', password });
    const again = run({ email: 'TWICE@example.com', password });
    await expect(again).rejects.toThrow('An account with this e-mail address already exists.');
  });

  it('never prints the password', async () => {
    const weak = run({ email: 'a@example.com', password: 'hunter2' });
    await expect(weak).rejects.not.toThrow('hunter2');
  });
});
