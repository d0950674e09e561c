import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../helpers/app.ts';
import { deliverBellRang, buildEndpoint, buildWebhookApp } from '../../helpers/webhooks.ts';

describe('personal data in webhooks', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildWebhookApp();
  });
  afterAll(() => test.close());

  it('is exported: endpoints without secrets, and deliveries', async () => {
    const [user, other] = [await test.buildUser(), await test.buildUser()];
    const { secret, ...endpoint } = await buildEndpoint(test, user);
    await buildEndpoint(test, other);
    const eventId = await deliverBellRang(test, user.id, 'low');
    await deliverBellRang(test, other.id, 'of another');
    const { body } = await test.as(user).get('/users/me/export').expect(200);
    const { webhooks } = body.data;
    expect(webhooks).toEqual({
      endpoints: [endpoint],
      deliveries: { newest: [expect.objectContaining({ eventId })], hasMore: false },
    });
    expect(JSON.parse(webhooks.deliveries.newest[0].body).data).toMatchObject({ tone: 'low' });
    expect(JSON.stringify(webhooks)).not.toContain(secret);
  });

  it('is deleted on erasure, and not written afterwards', async () => {
    const user = await test.buildUser();
    const { id } = await buildEndpoint(test, user);
    await deliverBellRang(test, user.id);
    await test.as(user).delete('/users/me').send({ password: user.password }).expect(204);
    await deliverBellRang(test, user.id);
    const counts = await test.db.query(
      `SELECT (SELECT count(*)::int FROM webhook_endpoints WHERE user_id = $1) AS endpoints,
         (SELECT count(*)::int FROM webhook_deliveries WHERE endpoint_id = $2) AS deliveries`,
      [user.id, id],
    );
    expect(counts).toEqual([{ endpoints: 0, deliveries: 0 }]);
  });
});
