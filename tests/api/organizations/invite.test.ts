import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { mailTo, tokenIn, waitForSentMails } from '../../helpers/mails.ts';
import {
  organizationAuditTypes,
  buildInvitation,
  buildMember,
  buildOrganization,
  verifyEmail,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('POST /organizations/:id/invitations', () => {
  let test: TestApp;
  let owner: TestUser;
  let admin: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = await test.buildUser({ name: 'Olive' });
    organization = await buildOrganization(test, owner, 'Oak & <Sons>');
    admin = await buildMember(test, organization, 'admin');
  });
  afterAll(() => test.close());

  const invite = (by: TestUser, email: string, role = 'member') =>
    test.as(by).post(`/organizations/${organization.id}/invitations`).send({ email, role });

  const listed = async () => {
    const { body } = await test.as(admin).get(`/organizations/${organization.id}/invitations`).expect(200);
    return body.data as { id: string; email: string }[];
  };

  it('201 and a mail with the only copy of the token', async () => {
    const response = await invite(owner, ' New.Person@Example.com ').expect(201);
    const { data } = response.body;
    expect(data).toMatchObject({
      id: expect.any(String),
      email: 'new.person@example.com',
      role: 'member',
      invitedBy: owner.id,
      expiresAt: expect.any(String),
      createdAt: expect.any(String),
    });
    expect(Date.parse(data.expiresAt) - Date.parse(data.createdAt)).toBe(7 * 86_400_000);

    const mail = await mailTo(test, 'new.person@example.com');
    expect(mail.subject).toBe('Invitation to Oak & <Sons>');
    expect(mail.text).toContain('you are invited to join “Oak & <Sons>”.');
    expect(mail.text).toContain('/accept-invitation#token=');
    expect(mail.html).toContain('Oak &amp; &lt;Sons&gt;');
    const token = tokenIn(mail);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(response.text).not.toContain(token);
    const stored = await test.db.query('SELECT invitations::text AS row FROM invitations');
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await organizationAuditTypes(test, organization)).toEqual(['created', 'member_invited']);
  });

  it.each([
    ['en', 'Invitation to ', 'Invited by: '],
    // #region de
    ['de', 'Einladung zu ', 'Eingeladen von: '],
    // #endregion
  ])('201 with neutralized names, in %s', async (language, subject, by) => {
    const bait = await test.buildUser({ name: `Eve https://evil.example/${'x'.repeat(100)}` });
    const name = `Prize www.evil.example ${'x'.repeat(70)}`;
    const { id } = await buildOrganization(test, bait, name);
    const known = await test.buildUser({ name: 'Ann evil.example' });
    await verifyEmail(test, known);
    await test.db.query('UPDATE users SET language = $1 WHERE id = ANY ($2)', [
      language,
      [bait.id, known.id],
    ]);
    for (const email of [`stranger-${language}@example.com`, known.email])
      await test
        .as(bait)
        .post(`/organizations/${id}/invitations`)
        .send({ email, role: 'member' })
        .expect(201);

    const shown = `Prize www. evil. example ${'x'.repeat(35)}`;
    const toStranger = await mailTo(test, `stranger-${language}@example.com`);
    expect(toStranger.subject).toBe(`${subject}${shown}`);
    expect(toStranger.text).toContain(shown);
    expect(toStranger.text).not.toContain(`${shown}x`);
    expect(JSON.stringify(toStranger)).not.toContain('Eve');
    const toKnown = await mailTo(test, known.email);
    expect(toKnown.text).toContain(`${by}Eve evil. example/${'x'.repeat(42)}\n`);
    expect(toKnown.text).toMatch(/^\p{L}+ Ann evil\. example,\n/u);
    expect(JSON.stringify([toStranger, toKnown])).not.toMatch(/evil\.example/);
  });

  it('403 for a sign-in more than ten minutes ago', async () => {
    const late = await buildMember(test, organization, 'admin');
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    expectError(await invite(late, 'late@example.com'), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  // #region de
  it('201 in the language of the invited user, or else of the inviter', async () => {
    const invitee = await test.buildUser();
    await test.db.query(`UPDATE users SET language = 'de' WHERE id = ANY ($1)`, [[invitee.id, admin.id]]);
    await invite(owner, invitee.email).expect(201);
    expect((await mailTo(test, invitee.email)).subject).toBe('Einladung zu Oak & <Sons>');
    await invite(admin, 'friend-of-admin@example.com').expect(201);
    expect((await mailTo(test, 'friend-of-admin@example.com')).subject).toMatch(/^Einladung/);
    await invite(owner, 'friend-of-owner@example.com').expect(201);
    expect((await mailTo(test, 'friend-of-owner@example.com')).subject).toMatch(/^Invitation/);
  });
  // #endregion

  it('201 for a second invitation revokes the first', async () => {
    const invitee = await test.buildUser();
    await verifyEmail(test, invitee);
    const old = await buildInvitation(test, organization, owner, { email: invitee.email });
    const next = await buildInvitation(test, organization, admin, { email: invitee.email, role: 'admin' });
    const ids = (await listed()).filter(({ email }) => email === invitee.email).map(({ id }) => id);
    expect(ids).toEqual([next.id]);
    const accept = (token: string) =>
      test.as(invitee).post('/organizations/invitations/accept').send({ token });
    expectError(await accept(old.token), 400, 'ORGANIZATIONS_INVITATION_INVALID');
    expect((await accept(next.token).expect(200)).body.data.role).toBe('admin');
  });

  it('400 for an invalid address or role', async () => {
    const response = await invite(owner, 'nobody', 'root').expect(400);
    expect(issuesOf(response)).toEqual(['body email string.email', 'body role any.only']);
  });

  it('403 for a member, and for an admin who invites an owner', async () => {
    const member = await buildMember(test, organization, 'member');
    expectError(await invite(member, 'a@example.com'), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    expectError(await invite(admin, 'b@example.com', 'owner'), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    await invite(owner, 'b@example.com', 'owner').expect(201);
  });

  it('409 for an existing member', async () => {
    expectError(await invite(owner, admin.email.toUpperCase()), 409, 'ORGANIZATIONS_ALREADY_MEMBER');
    expect((await waitForSentMails(test)).filter(({ to }) => to === admin.email)).toEqual([]);
  });

  it('429 after fifty per hour for this inviter only, also for concurrent requests', async () => {
    const busy = await buildMember(test, organization, 'admin');
    for (let number = 0; number < 48; number += 1) {
      await test.db.query(
        `INSERT INTO attempts (subject, kind, failures) VALUES ($1, 'organizations.invite', 1)
         ON CONFLICT (subject, kind) DO UPDATE SET failures = attempts.failures + 1`,
        [busy.id],
      );
    }
    const addresses = [1, 2, 3, 4, 5].map((number) => `flooded${number}@example.com`);
    const responses = await Promise.all(addresses.map((address) => invite(busy, address)));
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429]);
    const refused = await invite(busy, 'flooded6@example.com');
    expectError(refused, 429, 'ORGANIZATIONS_TOO_MANY_INVITATIONS');
    expect(refused.get('Retry-After')).toBe('3600');
    const mails = await waitForSentMails(test);
    expect(mails.filter(({ to }) => to.startsWith('flooded'))).toHaveLength(2);
    await invite(owner, 'flooded1@example.com').expect(201);
  });
});
