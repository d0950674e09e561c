import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { deliverBellRang, buildEndpoint, buildWebhookApp, deliveriesOf } from '../../helpers/webhooks.ts';

describe('PATCH /webhook-endpoints/:id', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildWebhookApp({ settings: { WEBHOOKS_ALLOW_PRIVATE: 'false' } });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('200 with only the given fields changed', async () => {
    const { secret: _secret, ...endpoint } = await buildEndpoint(test, user, { description: 'Old' });
    const { body } = await test
      .as(user)
      .patch(`/webhook-endpoints/${endpoint.id}`)
      .send({ url: 'https://other.example.com' })
      .expect(200);
    expect(body.data).toEqual({ ...endpoint, url: 'https://other.example.com/', version: 2 });
  });

  it('200 for disabling, which stops deliveries until the endpoint is enabled', async () => {
    const owner = await test.buildUser();
    const endpoint = await buildEndpoint(test, owner);
    const patch = (body: object) =>
      test.as(owner).patch(`/webhook-endpoints/${endpoint.id}`).send(body).expect(200);
    await patch({ isEnabled: false });
    await deliverBellRang(test, owner.id);
    expect(await deliveriesOf(test, owner, endpoint)).toEqual([]);
    await patch({ isEnabled: true });
    const eventId = await deliverBellRang(test, owner.id);
    expect(await deliveriesOf(test, owner, endpoint)).toMatchObject([{ eventId }]);
  });

  it('403 without a recent sign-in for a new URL, more event types or enabling', async () => {
    const late = await test.buildUser();
    const endpoint = await buildEndpoint(test, late);
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    const change = (body: object) => test.as(late).patch(`/webhook-endpoints/${endpoint.id}`).send(body);
    for (const more of [{ url: 'https://evil.example' }, { url: `${endpoint.url}/x`, description: 'Mine' }])
      expectError(await change(more), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await change({ url: endpoint.url, events: ['bell.rang'], description: 'The same' }).expect(200);
    await change({ isEnabled: false }).expect(200);
    expectError(await change({ isEnabled: true }), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await test.db.query(`UPDATE webhook_endpoints SET events = '{}' WHERE id = $1`, [endpoint.id]);
    expectError(await change({ events: ['bell.rang'] }), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    const read = await test.as(late).get(`/webhook-endpoints/${endpoint.id}`).expect(200);
    expect(read.body.data).toMatchObject({ url: endpoint.url, isEnabled: false, description: 'The same' });
  });

  it('200 for enabling, which resets the failure state', async () => {
    const { id } = await buildEndpoint(test, user);
    await test.db.query(
      `UPDATE webhook_endpoints SET is_enabled = false, disabled_reason = 'failing', failing_since = now() WHERE id = $1`,
      [id],
    );
    const change = await test.as(user).patch(`/webhook-endpoints/${id}`).send({ description: 'x' });
    expect(change.body.data).toMatchObject({ isEnabled: false, disabledReason: 'failing' });
    const { body } = await test.as(user).patch(`/webhook-endpoints/${id}`).send({ isEnabled: true });
    expect(body.data).toMatchObject({ isEnabled: true, disabledReason: null, failingSince: null });
  });

  it('records an audit event with the names of the changed fields, without values', async () => {
    const owner = await test.buildUser();
    const { id } = await buildEndpoint(test, owner);
    await test.as(owner).patch(`/webhook-endpoints/${id}`).send({ description: 'Mine' }).expect(200);
    const [, changed] = await auditEventsOf(test, 'webhook_endpoints', owner.id);
    expect(changed).toMatchObject({
      type: 'webhook_endpoints.changed',
      details: { endpointId: id, changed: ['description'] },
    });
  });

  it.each<[object, string]>([
    [{}, 'body  object.min'],
    [{ url: 'https://10.0.0.1/' }, 'body url url.private'],
    [{ events: ['bell.fell'] }, 'body events.0 any.only'],
    [{ isEnabled: 'true' }, 'body isEnabled boolean.base'],
    [{ secret: 'whsec_mine' }, 'body secret object.unknown'],
  ])('400 for %j', async (body, issue) => {
    const { id } = await buildEndpoint(test, await test.buildUser());
    const response = await test.as(user).patch(`/webhook-endpoints/${id}`).send(body);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('404 for another user’s endpoint, which stays unchanged', async () => {
    const { secret: _secret, ...endpoint } = await buildEndpoint(test, user);
    const stranger = await test.buildUser({ roles: ['admin'] });
    const response = await test
      .as(stranger)
      .patch(`/webhook-endpoints/${endpoint.id}`)
      .send({ url: 'https://evil.example.com/' });
    expectError(response, 404, 'WEBHOOKS_NOT_FOUND');
    const { body } = await test.as(user).get(`/webhook-endpoints/${endpoint.id}`);
    expect(body.data).toEqual(endpoint);
  });

  it('412 for an outdated version', async () => {
    const { id } = await buildEndpoint(test, user);
    const change = () =>
      test.as(user).patch(`/webhook-endpoints/${id}`).set('If-Match', '"v1"').send({ description: 'x' });
    await change().expect(200);
    expectError(await change(), 412, 'PRECONDITION_FAILED');
  });
});
