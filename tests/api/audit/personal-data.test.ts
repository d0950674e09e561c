import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { listStoredEvents, modulesWithRecorder } from './recorder.ts';

describe('personal data in the audit trail', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp({ modules: modulesWithRecorder, settings: { TRUST_PROXY: '1' } });
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const happen = (type: string, requests: TestApp['http'], ip: string, subjectId?: string) =>
    requests
      .post('/recorder')
      .set({ 'X-Forwarded-For': ip, 'User-Agent': 'Test Agent' })
      .send({ type, ...(subjectId !== undefined && { subjectId }) })
      .expect(204);

  const exportOf = async (user: TestUser) => {
    const { body } = await test.as(user).get('/users/me/export').expect(200);
    return body.data.audit as { newest: Record<string, unknown>[]; hasMore: boolean };
  };

  it('is exported for the user as actor or subject, without the IP address of other actors', async () => {
    const [user, stranger] = [await test.buildUser(), await test.buildUser()];
    await happen('test.done', test.as(user), '192.0.2.1');
    await happen('test.tried', test.http, '192.0.2.2', user.id);
    await happen('test.suffered', test.as(admin), '192.0.2.3', user.id);
    await happen('test.other', test.as(stranger), '192.0.2.4');
    const { newest, hasMore } = await exportOf(user);
    expect(hasMore).toBe(false);
    const ofTest = newest.filter(({ type }) => String(type).startsWith('test.'));
    expect(ofTest).toEqual([
      expect.objectContaining({ type: 'test.suffered', actorId: admin.id, ip: null, userAgent: null }),
      expect.objectContaining({
        type: 'test.tried',
        actorId: null,
        ip: '192.0.2.2',
        userAgent: 'Test Agent',
      }),
      expect.objectContaining({ type: 'test.done', actorId: user.id, ip: '192.0.2.1' }),
    ]);
  });

  it('is exported up to the newest thousand events, with hasMore', async () => {
    const user = await test.buildUser();
    await test.db.query(
      `INSERT INTO audit_events (id, occurred_at, type, subject_id, details)
       SELECT gen_random_uuid(), now() + make_interval(secs => number), 'test.many', $1, jsonb_build_object('number', number)
         FROM generate_series(1, 1001) AS number`,
      [user.id],
    );
    const { newest, hasMore } = await exportOf(user);
    expect(newest.map(({ details }) => (details as { number: number }).number)).toEqual(
      Array.from({ length: 1_000 }, (_none, at) => 1_001 - at),
    );
    expect(hasMore).toBe(true);
  });

  it('is erased by clearing IP address and user agent, keeping the events', async () => {
    const [user, stranger] = [await test.buildUser(), await test.buildUser()];
    await happen('test.own', test.as(user), '192.0.2.1', stranger.id);
    await happen('test.about', test.as(admin), '192.0.2.2', user.id);
    await happen('test.kept', test.as(stranger), '192.0.2.3');
    await test.as(admin).delete(`/users/${user.id}`).expect(204);
    const nowhere = { ip: null, user_agent: null, request_id: expect.any(String) };
    expect(await listStoredEvents(test, 'test.own')).toEqual([
      expect.objectContaining({ ...nowhere, actor_id: user.id, subject_id: stranger.id }),
    ]);
    expect(await listStoredEvents(test, 'test.about')).toEqual([
      expect.objectContaining({ ...nowhere, actor_id: admin.id, subject_id: user.id }),
    ]);
    expect(await listStoredEvents(test, 'test.kept')).toEqual([
      expect.objectContaining({ ip: '192.0.2.3', user_agent: 'Test Agent' }),
    ]);
  });
});
