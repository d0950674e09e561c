import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config/config.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { testConfig } from '../../helpers/config.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { insertBackdated, purge, listStoredEvents } from './recorder.ts';

const day = 86_400;

describe('purging audit events', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const insertOf = async (type: string, ...days: number[]): Promise<void> => {
    for (const age of days) await insertBackdated(test, age * day, { type });
  };

  it('deletes events older than 400 days, in batches', async () => {
    await insertOf('test.default', 399, 401, 402, 403);
    expect(await purge(test, 2)).toBe(2);
    expect(await purge(test, 2)).toBe(1);
    expect(await purge(test, 2)).toBe(0);
    expect(await listStoredEvents(test, 'test.default')).toHaveLength(1);
  });

  it('deletes events older than AUDIT_RETENTION_DAYS', async () => {
    await insertOf('test.set', 0, 89, 91, 200);
    const options = { databaseUrl: test.databaseUrl, settings: { AUDIT_RETENTION_DAYS: '90' } };
    await withTestApp(options, async (app) => {
      // Delete the event that the test above has created too: it is 399 days old.
      await purge(app, 100);
      expect(await listStoredEvents(app, 'test.set')).toHaveLength(2);
    });
  });

  it('rejects a retention shorter than the database allows', () => {
    expect(() => testConfig({ DATABASE_URL: test.databaseUrl, AUDIT_RETENTION_DAYS: '89' })).toThrow(
      ConfigError,
    );
  });
});
