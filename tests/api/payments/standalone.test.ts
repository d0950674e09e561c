import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paymentsModule } from '../../../src/api/payments/index.ts';
import { runCommand } from '../../../src/cli.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { testEnvironment } from '../../helpers/config.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../../helpers/databases.ts';
import { expectError } from '../../helpers/errors.ts';

describe('the payments module in its own service', () => {
  const name = databaseName('standalone');
  const modules = [paymentsModule];
  let databaseUrl: string;
  let test: TestApp;

  beforeAll(async () => {
    databaseUrl = await createEmptyDatabase(name);
    await runCommand('db:migrate', [], { ...testEnvironment, DATABASE_URL: databaseUrl }, modules);
    test = await buildTestApp({ modules, databaseUrl, withWorker: true });
  });
  afterAll(async () => {
    await test.close();
    await dropDatabase(name);
  });

  it('has its own tables and none of other modules', async () => {
    const rows = await test.db.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const names = rows.map((row) => row.name);
    expect(names).toContain('payments');
    expect(names).toContain('jobs');
    expect(names).not.toContain('users');
    expect(names).not.toContain('orders');
  });

  it('serves its routes, and accepts no access token', async () => {
    await test.http.get('//health/ready').expect(200);
    expectError(await test.http.post('/payments/webhooks').send({}), 404, 'PAYMENTS_OFF');
    expectError(
      await test.as({ accessToken: 'x' }).get(`/payments/${crypto.randomUUID()}`),
      401,
      'UNAUTHENTICATED',
    );
  });
});
