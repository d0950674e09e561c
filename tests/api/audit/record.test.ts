import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { record, listStoredEvents, modulesWithRecorder } from './recorder.ts';

describe('recording an event', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ modules: modulesWithRecorder });
  });
  afterAll(() => test.close());

  it('takes actor, IP address and request id from the request', async () => {
    const user = await test.buildUser();
    const response = await test
      .as(user)
      .post('/recorder')
      .set('User-Agent', 'Test Agent')
      .send({ type: 'test.known' })
      .expect(204);
    expect(await listStoredEvents(test, 'test.known')).toEqual([
      expect.objectContaining({
        actor_id: user.id,
        subject_id: null,
        ip: '127.0.0.1',
        user_agent: 'Test Agent',
        request_id: response.get('X-Request-Id'),
        details: {},
      }),
    ]);
  });

  it('stores no actor without sign-in, and truncates the user agent', async () => {
    await test.http
      .post('/recorder')
      .set('User-Agent', 'x'.repeat(2_000))
      .send({ type: 'test.open' })
      .expect(204);
    expect(await listStoredEvents(test, 'test.open')).toEqual([
      expect.objectContaining({ actor_id: null, ip: '127.0.0.1', user_agent: 'x'.repeat(512) }),
    ]);
  });

  it('works outside a request', async () => {
    const [subjectId, actorId] = [randomUUID(), randomUUID()];
    await record(test, { type: 'test.outside', subjectId });
    await record(test, { type: 'test.outside', subjectId, actorId, details: { count: 1 } });
    const nowhere = { subject_id: subjectId, ip: null, user_agent: null, request_id: null };
    expect(await listStoredEvents(test, 'test.outside')).toEqual([
      expect.objectContaining({ ...nowhere, actor_id: null, details: {} }),
      expect.objectContaining({ ...nowhere, actor_id: actorId, details: { count: 1 } }),
    ]);
  });

  it('is rolled back with its transaction', async () => {
    await test.http.post('/recorder').send({ type: 'test.undone', fails: true }).expect(500);
    await expect(
      test.db.transaction(async () => {
        await record(test, { type: 'test.undone', subjectId: null });
        expect(await listStoredEvents(test, 'test.undone')).toHaveLength(1);
        throw new Error('SENTINEL');
      }),
    ).rejects.toThrow('SENTINEL');
    expect(await listStoredEvents(test, 'test.undone')).toEqual([]);
  });

  it('rolls the transaction back if the event cannot be stored', async () => {
    const notAnId = { type: 'test.impossible', subjectId: 'nobody' };
    const both = test.db.transaction(async () => {
      await record(test, { type: 'test.beside', subjectId: null });
      await record(test, notAnId);
    });
    await expect(both).rejects.toThrow('uuid');
    expect(await listStoredEvents(test, 'test.beside')).toEqual([]);
  });
});
