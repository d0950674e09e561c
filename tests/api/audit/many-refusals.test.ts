import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { waitForAudit, listStoredEvents, type StoredEvent } from './recorder.ts';

const type = 'security.many_refusals';

describe('repeated 403s by one user', () => {
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

  it('are recorded and logged at the twentieth 403, not at the nineteenth', async () => {
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

  it('are recorded once in five minutes', async () => {
    const user = await test.buildUser();
    await knock(user, 45);
    expect(await findingsAbout(user)).toHaveLength(1);
    test.clock.advance(5 * 60_000);
    await knock(user, 20);
    expect(await findingsAbout(user)).toHaveLength(2);
  });

  it('are ignored if spread over more than five minutes', async () => {
    const user = await test.buildUser();
    await knock(user, 10);
    test.clock.advance(5 * 60_000);
    await knock(user, 10);
    expect(await findingsAbout(user)).toEqual([]);
  });

  it('are still rejected and logged if recording fails', async () => {
    const user = await test.buildUser();
    await test.db.query('ALTER TABLE audit_events RENAME TO elsewhere');
    await knock(user, 21);
    await waitForAudit(test);
    await test.db.query('ALTER TABLE elsewhere RENAME TO audit_events');
    const told = test.logger.lines.filter(({ fields }) => fields['suspicion'] === `${type} ${user.id}`);
    expect(told).toEqual([expect.objectContaining({ level: 'error' })]);
  });

  it('are stored before the service stops', async () => {
    const user = await test.buildUser();
    await knock(user, 20);
    await test.app.modules.stop();
    expect((await listStoredEvents(test, type)).map(({ subject_id: subjectId }) => subjectId)).toContain(
      user.id,
    );
  });
});
