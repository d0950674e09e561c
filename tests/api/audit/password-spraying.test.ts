import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runInContext } from '../../../src/core/context.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import {
  insertBackdated,
  record,
  waitForAudit,
  listStoredEvents,
  modulesWithRecorder,
  type StoredEvent,
} from './recorder.ts';

const failed = 'auth.sign_in_failed';
const finding = 'security.password_spraying';
const longAgo = 15 * 60 + 5;

describe('password spraying', () => {
  const settings = { TRUST_PROXY: '1' };
  let test: TestApp;
  let elsewhere: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ modules: modulesWithRecorder, settings });
    const { databaseUrl } = test;
    elsewhere = await buildTestApp({ modules: modulesWithRecorder, settings, databaseUrl });
  });
  afterAll(async () => {
    await elsewhere.close();
    await test.close();
  });

  const fail = (app: TestApp, ip: string, account: string) =>
    app.http
      .post('/recorder')
      .set({ 'X-Forwarded-For': ip, 'User-Agent': 'Test Agent' })
      .send({ type: failed, account })
      .expect(204);

  /** Records one failed sign-in for each of `count` accounts, one after another. */
  const spray = async (ip: string, count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) await fail(test, ip, `account-${at}`);
  };

  const findingsAbout = async (ip: string): Promise<StoredEvent[]> => {
    await Promise.all([waitForAudit(test), waitForAudit(elsewhere)]);
    return (await listStoredEvents(test, finding)).filter((event) => event.ip === ip);
  };

  const warningsAbout = (app: TestApp, ip: string) =>
    app.logger.lines.filter(
      ({ level, fields }) => level === 'warn' && fields['event'] === finding && fields['ip'] === ip,
    );

  it('is recorded and logged at the tenth account, not at the ninth', async () => {
    const ip = '192.0.2.1';
    await spray(ip, 9);
    expect(await findingsAbout(ip)).toEqual([]);
    await fail(test, ip, 'another');
    expect(await findingsAbout(ip)).toEqual([
      expect.objectContaining({ type: finding, actor_id: null, subject_id: null, details: { accounts: 10 } }),
    ]);
    expect(warningsAbout(test, ip)).toHaveLength(1);
  });

  it('is recorded once, however long it continues and in whichever process', async () => {
    const ip = '192.0.2.2';
    await spray(ip, 15);
    await waitForAudit(test);
    for (const account of ['x', 'y', 'z']) await fail(elsewhere, ip, account);
    expect(await findingsAbout(ip)).toHaveLength(1);
  });

  it('is recorded once if two processes detect it concurrently', async () => {
    const ip = '192.0.2.3';
    const other = await openSecondConnection(test);
    await other.query('BEGIN');
    await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${finding} ${ip}`]);
    const accounts = Array.from({ length: 10 }, (_none, at) => `account-${at}`);
    await Promise.all(accounts.map((account, at) => fail(at % 2 === 0 ? test : elsewhere, ip, account)));
    await other.untilWaiting(2);
    await other.close();
    expect(await findingsAbout(ip)).toHaveLength(1);
    expect([...warningsAbout(test, ip), ...warningsAbout(elsewhere, ip)]).toHaveLength(1);
  });

  it('is detected if ten accounts are tried concurrently', async () => {
    const ip = '192.0.2.4';
    const accounts = Array.from({ length: 10 }, (_none, at) => `account-${at}`);
    await Promise.all(accounts.map((account, at) => fail(at % 2 === 0 ? test : elsewhere, ip, account)));
    expect(await findingsAbout(ip)).toHaveLength(1);
  });

  it('does not include many failures of one account', async () => {
    const ip = '192.0.2.5';
    for (let at = 0; at < 12; at += 1) await fail(test, ip, 'the same');
    expect(await findingsAbout(ip)).toEqual([]);
  });

  it('does not include failures from many IP addresses or outside requests', async () => {
    for (let at = 0; at < 12; at += 1) await fail(test, `198.51.100.${at}`, `account-${at}`);
    for (let at = 0; at < 12; at += 1)
      await record(test, { type: failed, subjectId: null, details: { account: `account-${at}` } });
    await waitForAudit(test);
    const found = (await listStoredEvents(test, finding)).map(({ ip }) => ip);
    expect(found.filter((ip) => ip === null || ip.startsWith('198.51.100.'))).toEqual([]);
  });

  it('covers 15 minutes', async () => {
    const ip = '192.0.2.6';
    for (let at = 0; at < 9; at += 1)
      await insertBackdated(test, longAgo, { type: failed, ip, details: { account: `early-${at}` } });
    await fail(test, ip, 'late');
    expect(await findingsAbout(ip)).toEqual([]);
  });

  it('is recorded again after 15 minutes', async () => {
    const ip = '192.0.2.7';
    await insertBackdated(test, longAgo, { type: finding, ip });
    await spray(ip, 10);
    expect(await findingsAbout(ip)).toHaveLength(2);
  });

  it('is checked after the failure is stored', async () => {
    const ip = '192.0.2.9';
    await spray(ip, 9);
    const request = { requestId: 'request-1', ip, userAgent: null, language: null, isExpired: false };
    await runInContext(request, () =>
      test.db.transaction(async () => {
        await record(test, { type: failed, subjectId: null, details: { account: 'the tenth' } });
        expect(await findingsAbout(ip)).toEqual([]);
      }),
    );
    expect(await findingsAbout(ip)).toHaveLength(1);
  });

  it('does not count rolled-back failures', async () => {
    const ip = '192.0.2.8';
    await spray(ip, 9);
    await test.http
      .post('/recorder')
      .set('X-Forwarded-For', ip)
      .send({ type: failed, account: 'undone', fails: true })
      .expect(500);
    expect(await findingsAbout(ip)).toEqual([]);
  });
});
