import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('API keys when the mailbox of their account is proven', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  const keysOf = async (user: TestUser): Promise<object[]> =>
    (await test.as(user).get('/api-keys').expect(200)).body.data as object[];

  it.each(proofMethods)(
    'are revoked by the first proof, a %s, which the owner is told by mail',
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

  it('keep the secret that a rotation left working no longer than the other', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    await test.as(user).post(`/api-keys/${key.id}/rotate`).send({ overlapSeconds: 600 }).expect(200);
    await withKey(test, key).get('/users/me').expect(200);
    await proveEmail(test, user, 'verification');
    await withKey(test, key).get('/users/me').expect(401);
  });

  it('work on if they were made after the proof, also after the next verification mail', async () => {
    const owner = await proveEmail(test, await test.buildUser(), 'verification');
    const key = await buildApiKey(test, owner);
    await test.as(owner).post('/auth/email/verify/resend').expect(202);
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('are revoked by a reset of a verified owner too, and its mail says so', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    const key = await buildApiKey(test, user);
    await resetPassword(test, user);
    await withKey(test, key).get('/users/me').expect(401);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('Your password was changed');
    expect(mail.text).toContain('API keys revoked: 1.');
  });

  it('survive a change of the password by someone who knows it', async () => {
    const user = await test.buildUser();
    const key = await buildApiKey(test, user);
    const body = { currentPassword: user.password, newPassword: 'something else again' };
    await test.as(user).post('/auth/password/change').send(body).expect(200);
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('leave those of others alone', async () => {
    const [user, other] = [await test.buildUser(), await test.buildUser()];
    const key = await buildApiKey(test, other);
    await proveEmail(test, user, 'reset');
    await withKey(test, key).get('/users/me').expect(200);
  });

  it('cannot be made by a request that was authenticated before a reset and stored after it', async () => {
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
      // What the reset does to the account, committed while the request waits for its row.
      await holder.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [user.id]);
      await holder.query('COMMIT');
      expect((await creating).status).toBe(401);
    } finally {
      await holder.close();
    }
    expect(await test.db.query('SELECT 1 FROM api_keys WHERE user_id = $1', [user.id])).toEqual([]);
  });
});
