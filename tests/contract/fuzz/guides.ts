import type { TestApp, TestUser } from '../../helpers/app.ts';
import { waitForSentMails } from '../../helpers/mails.ts';
import { totp, type World } from './world.ts';

/** A request that must succeed. */
export interface Guided {
  readonly as: TestUser | null;
  /** The path below `/api/v1`. */
  readonly path: string;
  readonly body?: object;
}

/**
 * Prepares a valid request that random input produces rarely or never. The request may need the token of a mail, the
 * code of an authenticator app, a failed job, or a resource that no earlier request has deleted.
 */
type Guide = (world: World) => Promise<Guided>;

const tokenTo = async (test: TestApp, email: string): Promise<string> => {
  const mail = (await waitForSentMails(test)).findLast(({ to }) => to === email);
  return /#token=([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
};

const codeOf = ({ clock }: TestApp, secret: string): string => totp(secret, clock.now().getTime() - 30_000);

async function startTotp(world: World): Promise<{ user: TestUser; secret: string }> {
  const user = await world.signUp('user');
  const { password } = user;
  const { body } = await world.test.as(user).post('/auth/mfa/totp').send({ password }).expect(201);
  return { user, secret: (body as { data: { secret: string } }).data.secret };
}

/**
 * Creates a user with a second factor and a sign-in that has passed only the password check. Returns its `mfaToken`.
 */
async function withTotp(world: World): Promise<{ user: TestUser; secret: string; mfaToken: string }> {
  const { test } = world;
  const { user, secret } = await startTotp(world);
  await test
    .as(user)
    .post('/auth/mfa/totp/confirm')
    .send({ code: codeOf(test, secret) })
    .expect(200);
  const { email, password } = user;
  const { body } = await test.http.post('/auth/login').send({ email, password }).expect(200);
  // Advance to the next code, because a code can be used only once.
  test.clock.advance(30_000);
  return { user, secret, mfaToken: (body as { data: { mfaToken: string } }).data.mfaToken };
}

async function withBothFactors(world: World): Promise<{ user: TestUser; body: object }> {
  const { test } = world;
  const { user, secret, mfaToken } = await withTotp(world);
  const code = codeOf(test, secret);
  const { body } = await test.http.post('/auth/mfa/verify').send({ mfaToken, code }).expect(200);
  const { accessToken } = (body as { data: { accessToken: string } }).data;
  test.clock.advance(30_000);
  return {
    user: { ...user, accessToken },
    body: { password: user.password, code: codeOf(test, secret) },
  };
}

async function deadEvent({ test }: World): Promise<string> {
  const [row] = await test.db.query<{ id: string }>(
    `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers, status, attempts, last_error)
     VALUES (gen_random_uuid(), 'thing', gen_random_uuid(), 1, 'things.happened', 1, '{}', '{}', 'dead', 12, 'Error: no')
     RETURNING event_id AS id`,
  );
  return row?.id ?? '';
}

async function deadJob({ test }: World): Promise<string> {
  const [row] = await test.db.query<{ id: string }>(
    `INSERT INTO jobs (id, name, payload, headers, status, attempts, last_error, finished_at)
     VALUES (gen_random_uuid(), 'housekeeping', '{}', '{}', 'dead', 12, 'Error: no', now()) RETURNING id`,
  );
  return row?.id ?? '';
}

async function organization(
  world: World,
): Promise<{ owner: TestUser; member: TestUser; id: string; token: string }> {
  const { test } = world;
  const [owner, member] = [await world.signUp('user'), await world.signUp('user')];
  await test.as(member).post('/auth/email/verify/resend').expect(202);
  const verification = { token: await tokenTo(test, member.email) };
  await test.http.post('/auth/email/verify').send(verification).expect(204);
  const created = await test.as(owner).post('/organizations').send({ name: 'Oak Works' }).expect(201);
  const { id } = (created.body as { data: { id: string } }).data;
  const invitation = { email: member.email, role: 'member' };
  await test.as(owner).post(`/organizations/${id}/invitations`).send(invitation).expect(201);
  return { owner, member, id, token: await tokenTo(test, member.email) };
}

async function membership(world: World): Promise<{ owner: TestUser; path: string }> {
  const { owner, member, id, token } = await organization(world);
  await world.test.as(member).post('/organizations/invitations/accept').send({ token }).expect(200);
  return { owner, path: `/organizations/${id}/members/${member.id}` };
}

/** Creates an API key of an administrator. The key's permission `users:manage` exists whichever modules are removed. */
async function apiKey(world: World, { isShared = false } = {}): Promise<{ admin: TestUser; path: string }> {
  const admin = await world.signUp('admin');
  const as = world.test.as(admin);
  let keys = '/api-keys';
  if (isShared) {
    const created = await as.post('/organizations').send({ name: 'Oak Works' }).expect(201);
    keys = `/organizations/${(created.body as { data: { id: string } }).data.id}/api-keys`;
  }
  const key = await as
    .post(keys)
    .send({ name: 'script', scopes: ['users:manage'] })
    .expect(201);
  return { admin, path: `${keys}/${(key.body as { data: { id: string } }).data.id}` };
}

/** Places an order and sets its status, which normally depends on the payment provider. */
async function order(world: World, status: string): Promise<{ admin: TestUser; id: string }> {
  const { test } = world;
  const admin = await world.signUp('admin');
  const product = {
    sku: `S${test.clock.now().getTime()}-${admin.id}`,
    name: 'Lamp',
    description: '',
    priceMinor: 1,
    currency: 'EUR',
    stock: 9,
  };
  const added = await test.as(admin).post('/products').send(product).expect(201);
  const items = [{ productId: (added.body as { data: { id: string } }).data.id, quantity: 1 }];
  const placed = await test
    .as(admin)
    .post('/orders')
    .set('Idempotency-Key', admin.id)
    .send({ items })
    .expect(201);
  const { id } = (placed.body as { data: { id: string } }).data;
  await test.db.query('UPDATE orders SET status = $2 WHERE id = $1', [id, status]);
  return { admin, id };
}

async function webhookEndpoint({ test }: World, user: TestUser): Promise<string> {
  const endpoint = { url: 'http://127.0.0.1:9999/hooks', events: ['order.paid'] };
  const created = await test.as(user).post('/webhook-endpoints').send(endpoint).expect(201);
  return (created.body as { data: { id: string } }).data.id;
}

async function failedDelivery(world: World): Promise<Guided> {
  const { test } = world;
  const user = await world.signUp('admin');
  const id = await webhookEndpoint(world, user);
  await test.as(user).post(`/webhook-endpoints/${id}/test`).expect(202);
  await test.db.query(`UPDATE webhook_deliveries SET status = 'dead' WHERE endpoint_id = $1`, [id]);
  const listed = await test.as(user).get(`/webhook-endpoints/${id}/deliveries`).expect(200);
  const [delivery] = (listed.body as { data: { id: string }[] }).data;
  return { as: user, path: `/webhook-endpoints/${id}/deliveries/${delivery?.id ?? ''}/retry` };
}

/** Maps the name of an operation to its guide. */
export const guides: Readonly<Record<string, Guide>> = {
  'POST /api/v1/auth/email/verify': async (world) => {
    const user = await world.signUp('user');
    await world.test.as(user).post('/auth/email/verify/resend').expect(202);
    return { as: null, path: '/auth/email/verify', body: { token: await tokenTo(world.test, user.email) } };
  },
  'POST /api/v1/auth/email/change/confirm': async (world) => {
    const { test } = world;
    const user = await world.signUp('user');
    const email = `new-${user.email}`;
    await test.as(user).post('/auth/email/change').send({ email, password: user.password }).expect(202);
    return { as: null, path: '/auth/email/change/confirm', body: { token: await tokenTo(test, email) } };
  },
  'POST /api/v1/auth/password/reset': async (world) => {
    const { test } = world;
    const { email } = await world.signUp('user');
    await test.http.post('/auth/password/forgot').send({ email }).expect(202);
    const body = { token: await tokenTo(test, email), password: 'another long password' };
    return { as: null, path: '/auth/password/reset', body };
  },
  'POST /api/v1/auth/mfa/totp/confirm': async (world) => {
    const { user, secret } = await startTotp(world);
    return { as: user, path: '/auth/mfa/totp/confirm', body: { code: codeOf(world.test, secret) } };
  },
  'POST /api/v1/auth/mfa/verify': async (world) => {
    const { secret, mfaToken } = await withTotp(world);
    return { as: null, path: '/auth/mfa/verify', body: { mfaToken, code: codeOf(world.test, secret) } };
  },
  'POST /api/v1/auth/mfa/recovery-codes': async (world) => {
    const { user, body } = await withBothFactors(world);
    return { as: user, path: '/auth/mfa/recovery-codes', body };
  },
  'DELETE /api/v1/auth/mfa/totp': async (world) => {
    const { user, body } = await withBothFactors(world);
    return { as: user, path: '/auth/mfa/totp', body };
  },
  'DELETE /api/v1/users/{id}/mfa': async (world) => {
    const { user } = await withTotp(world);
    return { as: await world.signUp('admin'), path: `/users/${user.id}/mfa` };
  },
  'POST /api/v1/admin/events/{id}/redrive': async (world) => ({
    as: await world.signUp('admin'),
    path: `/admin/events/${await deadEvent(world)}/redrive`,
  }),
  'POST /api/v1/admin/events/{id}/skip': async (world) => ({
    as: await world.signUp('admin'),
    path: `/admin/events/${await deadEvent(world)}/skip`,
  }),
  'GET /api/v1/admin/jobs/{id}': async (world) => ({
    as: await world.signUp('admin'),
    path: `/admin/jobs/${await deadJob(world)}`,
  }),
  'POST /api/v1/admin/jobs/{id}/retry': async (world) => ({
    as: await world.signUp('admin'),
    path: `/admin/jobs/${await deadJob(world)}/retry`,
  }),
  'POST /api/v1/organizations/invitations/accept': async (world) => {
    const { member, token } = await organization(world);
    return { as: member, path: '/organizations/invitations/accept', body: { token } };
  },
  'PATCH /api/v1/organizations/{id}/members/{userId}': async (world) => {
    const { owner, path } = await membership(world);
    return { as: owner, path, body: { role: 'admin' } };
  },
  'DELETE /api/v1/organizations/{id}/members/{userId}': async (world) => {
    const { owner, path } = await membership(world);
    return { as: owner, path };
  },
  'PATCH /api/v1/api-keys/{id}': async (world) => {
    const { admin, path } = await apiKey(world);
    return { as: admin, path, body: { name: 'other' } };
  },
  'DELETE /api/v1/api-keys/{id}': async (world) => {
    const { admin, path } = await apiKey(world);
    return { as: admin, path };
  },
  'DELETE /api/v1/organizations/{id}/api-keys/{keyId}': async (world) => {
    const { admin, path } = await apiKey(world, { isShared: true });
    return { as: admin, path };
  },
  'DELETE /api/v1/auth/sessions/{id}': async (world) => {
    const { test } = world;
    const user = await world.signUp('user');
    const { email, password } = user;
    await test.http.post('/auth/login').send({ email, password }).expect(200);
    const { body } = await test.as(user).get('/auth/sessions').expect(200);
    const [session] = (body as { data: { id: string }[] }).data;
    return { as: user, path: `/auth/sessions/${session?.id ?? ''}` };
  },
  'DELETE /api/v1/webhook-endpoints/{id}': async (world) => {
    const user = await world.signUp('admin');
    return { as: user, path: `/webhook-endpoints/${await webhookEndpoint(world, user)}` };
  },
  'POST /api/v1/webhook-endpoints/{id}/deliveries/{deliveryId}/retry': failedDelivery,
  'POST /api/v1/orders/{id}/ship': async (world) => {
    const { admin, id } = await order(world, 'paid');
    return { as: admin, path: `/orders/${id}/ship` };
  },
  'POST /api/v1/orders/{id}/deliver': async (world) => {
    const { admin, id } = await order(world, 'shipped');
    return { as: admin, path: `/orders/${id}/deliver` };
  },
};
