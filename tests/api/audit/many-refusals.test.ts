import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { waitForAudit, listStoredEvents, type StoredEvent } from './recorder.ts';

const type = 'security.many_refusals';

describe('Trying one closed door after another', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const knock = async (user: TestUser, times: number): Promise<void> => {
    for (let at = 0; at < times; at += 1) await test.as(user).get('/users').expect(403);
  };

  const findingsAbout = async ({ id }: TestUser): Promise<StoredEvent[]> => {
    await waitForAudit(test);
    return (await listStoredEvents(test, type)).filter(({ subject_id: subjectId }) => subjectId === id);
  };

  it('is an event of its own and a warning with the twentieth 403, and not with the nineteenth', async () => {
    const [user, other] = [await test.buildUser(), await test.buildUser()];
    await knock(user, 19);
    await knock(other, 1);
    expect(await findingsAbout(user)).toEqual([]);
    const response = await test.as(user).get('/users').set('User-Agent', 'Test Agent').expect(403);
    expect(await findingsAbout(user)).toEqual([
      expect.objectContaining({
        actor_id: user.id,
        ip: '127.0.0.1',
        user_agent: 'Test Agent',
        request_id: response.get('X-Request-Id'),
        details: { refusals: 20, windowSeconds: 300 },
      }),
    ]);
    expect(await findingsAbout(other)).toEqual([]);
    const warnings = test.logger.lines.filter(({ fields }) => fields['event'] === type);
    expect(warnings).toEqual([
      expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ userId: user.id }) }),
    ]);
  });

  it('is told once in five minutes', async () => {
    const user = await test.buildUser();
    await knock(user, 45);
    expect(await findingsAbout(user)).toHaveLength(1);
    test.clock.advance(5 * 60_000);
    await knock(user, 20);
    expect(await findingsAbout(user)).toHaveLength(2);
  });

  it('is not what comes of five minutes and more', async () => {
    const user = await test.buildUser();
    await knock(user, 10);
    test.clock.advance(5 * 60_000);
    await knock(user, 10);
    expect(await findingsAbout(user)).toEqual([]);
  });

  it('is refused all the same when it cannot be recorded, and the log says so', async () => {
    const user = await test.buildUser();
    await test.db.query('ALTER TABLE audit_events RENAME TO elsewhere');
    await knock(user, 21);
    await waitForAudit(test);
    await test.db.query('ALTER TABLE elsewhere RENAME TO audit_events');
    const told = test.logger.lines.filter(({ fields }) => fields['suspicion'] === `${type} ${user.id}`);
    expect(told).toEqual([expect.objectContaining({ level: 'error' })]);
  });

  it('is stored before the service has stopped', async () => {
    const user = await test.buildUser();
    await knock(user, 20);
    await test.app.modules.stop();
    expect((await listStoredEvents(test, type)).map(({ subject_id: subjectId }) => subjectId)).toContain(
      user.id,
    );
  });
});
