import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('API keys at the first verification of the address', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  const keysOf = async (user: TestUser): Promise<object[]> =>
    (await test.as(user).get('/api-keys').expect(200)).body.data as object[];

  it.each(proofMethods)(
    'are revoked by the first verification, a %s, and listed in the mail',
    async (proof) => {
      const user = await test.buildUser();
      const [one, two] = [await buildApiKey(test, user), await buildApiKey(test, user)];
      await withKey(test, one).get('/users/me').expect(200);

      const owner = await proveEmail(test, user, proof);

      await withKey(test, one).get('/users/me').expect(401);
      await withKey(test, two).post('/loans').send({}).expect(401);
      expect(await keysOf(owner)).toEqual([]);
      const events = (await auditEventsOf(test, 'api_keys', user.id)).map(({ type }) => type);
      expect(events.filter((type) => type === 'api_keys.revoked')).toHaveLength(2);
      expect((await mailTo(test, user.email)).text).toContain('API keys revoked: 2.');
    },
  );

  it('are revoked together with the secret before a rotation', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    await test.as(user).post(`/api-keys/${key.id}/rotate`).send({ overlapSeconds: 600 }).expect(200);
    await withKey(test, key).get('/users/me').expect(200);
    await proveEmail(test, user, 'verification');
    await withKey(test, key).get('/users/me').expect(401);
  });

  it('stay valid if created after the verification, also after another verification mail', async () => {
    const owner = await proveEmail(test, await test.buildUser(), 'verification');
    const key = await buildApiKey(test, owner);
    await test.as(owner).post('/auth/email/verify/resend').expect(202);
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('are also revoked by a reset of a verified owner, and listed in the mail', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    const key = await buildApiKey(test, user);
    await resetPassword(test, user);
    await withKey(test, key).get('/users/me').expect(401);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('Your password was changed');
    expect(mail.text).toContain('API keys revoked: 1.');
  });

  it('survive a password change', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    const body = { currentPassword: user.password, newPassword: 'something else again' };
    await test.as(user).post('/auth/password/change').send(body).expect(200);
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('of other users are not affected', async () => {
    const [user, other] = [await test.buildUser(), await test.buildUser()];
    const key = await buildApiKey(test, other);
    await proveEmail(test, user, 'reset');
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('cannot be created by a request that was authenticated before a reset', async () => {
    const user = await test.buildUser();
    const holder = await openSecondConnection(test);
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [user.id]);
      const creating = test
        .as(user)
        .post('/api-keys')
        .send({ name: 'Late', scopes: ['loans:place'] })
        .then((response) => response);
      await holder.untilWaiting(1);
      // Increase the token version as a password reset does, and commit it while the request waits for the row lock.
      await holder.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [user.id]);
      await holder.query('COMMIT');
      expect((await creating).status).toBe(401);
    } finally {
      await holder.close();
    }
    expect(await test.db.query('SELECT 1 FROM api_keys WHERE user_id = $1', [user.id])).toEqual([]);
  });
});
