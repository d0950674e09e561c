import { randomUUID } from 'node:crypto';
import type { TestApiKey } from './api-keys.ts';
import type { TestApp, TestUser } from './app.ts';
import type supertest from 'supertest';
import { mailTo, tokenIn } from './mails.ts';
import { openSecondConnection } from './second-connection.ts';

export interface TestOrganization {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly version: number;
}

type MemberRole = 'owner' | 'admin' | 'member';

/** Creates an organization through the API. */
export async function buildOrganization(
  test: TestApp,
  owner: TestUser,
  name = 'Oak Works',
): Promise<TestOrganization> {
  const response = await test.as(owner).post('/organizations').send({ name }).expect(201);
  return response.body.data as TestOrganization;
}

/** Adds a member to the organization, without an invitation. Creates an account unless `user` is passed. */
export async function buildMember(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
  role: MemberRole,
  user?: TestUser,
): Promise<TestUser> {
  const member = user ?? (await test.buildUser());
  await test.db.query(
    'INSERT INTO memberships (id, organization_id, user_id, role, created_at) VALUES ($1, $2, $3, $4, now())',
    [randomUUID(), id, member.id, role],
  );
  return member;
}

/** Returns a user's role in an organization, or undefined if the user is not a member. */
export async function roleOf(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
  user: TestUser,
): Promise<string | undefined> {
  const [row] = await test.db.query<{ role: string }>(
    'SELECT role FROM memberships WHERE organization_id = $1 AND user_id = $2',
    [id, user.id],
  );
  return row?.role;
}

/** Creates an API key of the organization through the API. */
export async function buildOrganizationKey(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
  admin: TestUser,
): Promise<TestApiKey & { readonly userId: string }> {
  const body = { name: 'Nightly export', scopes: ['loans:place'] };
  const response = await test.as(admin).post(`/organizations/${id}/api-keys`).send(body).expect(201);
  return response.body.data as TestApiKey & { userId: string };
}

export interface TestInvitation {
  readonly id: string;
  readonly token: string;
}

/** Invites an address through the API. Returns the token of the mail. */
export async function buildInvitation(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
  inviter: TestUser,
  { email, role = 'member' }: { email: string; role?: MemberRole },
): Promise<TestInvitation> {
  const response = await test
    .as(inviter)
    .post(`/organizations/${id}/invitations`)
    .send({ email, role })
    .expect(201);
  const { id: invitationId } = response.body.data as { id: string };
  return { id: invitationId, token: tokenIn(await mailTo(test, email)) };
}

export { verifyEmail } from './mailbox.ts';

/** Returns the types of an organization's audit events without the prefix, oldest first. */
export async function organizationAuditTypes(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
): Promise<readonly string[]> {
  const rows = await test.db.query<{ type: string }>(
    `SELECT type FROM audit_events WHERE type LIKE 'organizations.%' AND details ->> 'organizationId' = $1
     ORDER BY occurred_at, id`,
    [id],
  );
  return rows.map(({ type }) => type.replace('organizations.', ''));
}

/**
 * Sends requests that wait for the lock on the organization's row. They get it in the order in which they were sent.
 * Returns each response in the form `409 ORGANIZATIONS_LAST_OWNER`.
 */
export async function sendInOrder(
  test: TestApp,
  { id }: Pick<TestOrganization, 'id'>,
  ...requests: supertest.Test[]
): Promise<string[]> {
  const holder = await openSecondConnection(test);
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM organizations WHERE id = $1 FOR UPDATE', [id]);
    const answers: Promise<string>[] = [];
    for (const request of requests) {
      answers.push(
        request.then(({ status, body }) => [status, (body as { code?: string }).code].join(' ').trim()),
      );
      await holder.untilWaiting(answers.length);
    }
    await holder.query('COMMIT');
    return await Promise.all(answers);
  } finally {
    await holder.close();
  }
}
