import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildWebhookApp,
  type TestDelivery,
} from '../../helpers/webhooks.ts';

describe('GET /webhook-endpoints/:id/deliveries', () => {
  let test: TestApp;
  let user: TestUser;
  let path: string;
  let eventIds: string[];

  beforeAll(async () => {
    test = await buildWebhookApp();
    user = await test.buildUser();
    const { id } = await buildEndpoint(test, user);
    await buildEndpoint(test, await test.buildUser());
    path = `/webhook-endpoints/${id}/deliveries`;
    eventIds = [];
    for (const tone of ['low', 'middle', 'high']) {
      test.clock.advance(1);
      eventIds.unshift(await deliverBellRang(test, user.id, tone));
    }
  });
  afterAll(() => test.close());

  const idsIn = ({ body }: { body: { data: TestDelivery[] } }) => body.data.map(({ eventId }) => eventId);

  it('200 with the newest first, in pages', async () => {
    const first = await test.as(user).get(`${path}?limit=2&cursor=`).expect(200);
    expect(idsIn(first)).toEqual(eventIds.slice(0, 2));
    const { nextCursor } = first.body.meta.pagination;
    const second = await test.as(user).get(`${path}?limit=2&cursor=${nextCursor}`).expect(200);
    expect(idsIn(second)).toEqual(eventIds.slice(2));
    expect(second.body.meta.pagination).toMatchObject({ nextCursor: null, hasMore: false });
  });

  it('200 filtered by status', async () => {
    await test.db.query(`UPDATE webhook_deliveries SET status = 'dead' WHERE event_id = $1`, [eventIds[1]]);
    expect(idsIn(await test.as(user).get(`${path}?status=dead`).expect(200))).toEqual([eventIds[1]]);
  });

  it('200 without the message bodies', async () => {
    const { body } = await test.as(user).get(path).expect(200);
    expect(JSON.stringify(body)).not.toContain('middle');
  });

  it('400 for an unknown status', async () => {
    const response = await test.as(user).get(`${path}?status=lost`);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['query status any.only']);
  });

  it('404 for another user’s endpoint', async () => {
    const stranger = await test.buildUser({ roles: ['admin'] });
    expectError(await test.as(stranger).get(path), 404, 'WEBHOOKS_NOT_FOUND');
  });
});
