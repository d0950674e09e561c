import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditEventsOf } from '../../helpers/audit.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
// #region api-keys
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
// #endregion
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { buildEndpoint, buildWebhookApp, webhookModules } from '../../helpers/webhooks.ts';
import { withTestApp } from '../../helpers/with-app.ts';

const body = { url: 'https://hooks.example.com/strata?tenant=7', events: ['bell.rang'] };

describe('POST /webhook-endpoints', () => {
  let test: TestApp;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildWebhookApp({ settings: { WEBHOOKS_ALLOW_PRIVATE: 'false' } });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('201 with a secret that is shown once and stored encrypted', async () => {
    const response = await test
      .as(user)
      .post('/webhook-endpoints')
      .send({ ...body, description: 'The warehouse' })
      .expect(201);
    const { secret, ...shown } = response.body.data;
    expect(shown).toMatchObject({
      id: expect.any(String),
      ...body,
      description: 'The warehouse',
      isEnabled: true,
      disabledReason: null,
      failingSince: null,
      rotatedUntil: null,
      createdAt: test.clock.now().toISOString(),
      version: 1,
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    expect(response.get('Location')).toBe(`/api/v1/webhook-endpoints/${shown.id}`);
    const again = await test.as(user).get(`/webhook-endpoints/${shown.id}`).expect(200);
    expect(again.body.data).toEqual(shown);
    const [stored] = await test.db.query<{ secret: string }>(
      'SELECT secret FROM webhook_endpoints WHERE id = $1',
      [shown.id],
    );
    expect(stored?.secret).toMatch(/^e1\./);
    expect(JSON.stringify(test.logger.lines)).not.toContain(secret);
  });

  it('201 with a different secret each time', async () => {
    const [one, other] = [await buildEndpoint(test, user), await buildEndpoint(test, user)];
    expect(one.secret).not.toBe(other.secret);
  });

  it('records an audit event without URL and secret', async () => {
    const owner = await test.buildUser();
    const { id } = await buildEndpoint(test, owner);
    expect(await auditEventsOf(test, 'webhook_endpoints', owner.id)).toMatchObject([
      {
        type: 'webhook_endpoints.created',
        actorId: owner.id,
        details: { endpointId: id, events: ['bell.rang'] },
      },
    ]);
  });

  it.each([
    ['https://HOOKS.example.com', 'https://hooks.example.com/'],
    ['https://hooks.example.com:443/', 'https://hooks.example.com/'],
    ['https://hooks.example.com:80/', 'https://hooks.example.com:80/'],
    ['https://hooks.example.com:8443/', 'https://hooks.example.com:8443/'],
    ['https://hooks.example.com:1024/', 'https://hooks.example.com:1024/'],
    ['https://1.1.1.1/', 'https://1.1.1.1/'],
    ['http://hooks.example.com/', 'http://hooks.example.com/'],
  ])('201 for %s outside production', async (url, stored) => {
    expect(await buildEndpoint(test, await test.buildUser(), { url })).toMatchObject({ url: stored });
  });

  it.each<[object, string]>([
    [{ events: undefined }, 'body events any.required'],
    [{ events: [] }, 'body events array.min'],
    [{ events: ['bell.rang', 'bell.rang'] }, 'body events.1 array.unique'],
    [{ events: ['bell.rang', 'bell.fell'] }, 'body events.1 any.only'],
    [{ events: ['webhooks.test'] }, 'body events.0 any.only'],
    [{ url: undefined }, 'body url any.required'],
    [{ url: `https://example.com/${'x'.repeat(2_000)}` }, 'body url string.max'],
    [{ url: 'hooks.example.com' }, 'body url url.scheme'],
    [{ url: 'ftp://hooks.example.com/' }, 'body url url.scheme'],
    [{ url: 'file:///etc/passwd' }, 'body url url.scheme'],
    [{ url: 'https://me:secret@hooks.example.com/' }, 'body url url.parts'],
    [{ url: 'https://me@hooks.example.com/' }, 'body url url.parts'],
    [{ url: 'https://hooks.example.com/#part' }, 'body url url.parts'],
    [{ url: 'https://hooks.example.com:25/' }, 'body url url.port'],
    [{ url: 'https://hooks.example.com:1023/' }, 'body url url.port'],
    [{ url: 'https://127.0.0.1/' }, 'body url url.private'],
    [{ url: 'https://0x7f.1/' }, 'body url url.private'],
    [{ url: 'https://[::ffff:10.0.0.1]/' }, 'body url url.private'],
    [{ url: 'https://169.254.169.254/latest/meta-data' }, 'body url url.private'],
    [{ description: 'x'.repeat(201) }, 'body description string.max'],
    [{ secret: 'whsec_mine' }, 'body secret object.unknown'],
  ])('400 for %j', async (overrides, issue) => {
    const response = await test
      .as(await test.buildUser())
      .post('/webhook-endpoints')
      .send({ ...body, ...overrides });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('400 with the list of available event types', async () => {
    const response = await test
      .as(user)
      .post('/webhook-endpoints')
      .send({ ...body, events: ['x'] });
    expect(response.body.details[0].message).toMatch(/^must be one of: (?:.+, )?bell\.rang/);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.post('/webhook-endpoints').send(body), 401, 'UNAUTHENTICATED');
  });

  it('403 without the permission, and without a recent sign-in', async () => {
    const withoutPermission = await test.buildUser({ roles: [] });
    expectError(await test.as(withoutPermission).post('/webhook-endpoints').send(body), 403, 'FORBIDDEN');
    const other = await test.buildUser();
    const code = 'AUTH_RECENT_SIGN_IN_REQUIRED';
    // #region api-keys
    const key = await buildApiKey(test, other, { scopes: ['webhooks:manage'] });
    expectError(await withKey(test, key).post('/webhook-endpoints').send(body), 403, code);
    // #endregion
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE user_id = $1`, [
      other.id,
    ]);
    expectError(await test.as(other).post('/webhook-endpoints').send(body), 403, code);
  });

  it('409 for the eleventh endpoint, also with concurrent requests', async () => {
    const owner = await test.buildUser();
    for (let made = 0; made < 9; made += 1) await buildEndpoint(test, owner);
    const request = () => test.as(owner).post('/webhook-endpoints').send(body);
    // Both requests count endpoints before either can insert one, because this lock blocks inserts but not reads.
    const held = 'LOCK TABLE webhook_endpoints IN SHARE ROW EXCLUSIVE MODE';
    const responses = await sendWhileLocked(test, held, [request(), request()]);
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
    expectError(await request(), 409, 'WEBHOOKS_TOO_MANY');
  });

  it('201 for a private address if WEBHOOKS_ALLOW_PRIVATE is on', async () => {
    await withTestApp({ modules: webhookModules, databaseUrl: test.databaseUrl }, async (allowing) => {
      const url = 'http://127.0.0.1:8080/';
      expect(await buildEndpoint(allowing, await test.buildUser(), { url })).toMatchObject({ url });
    });
  });
});
