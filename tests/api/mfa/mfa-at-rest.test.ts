import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reencrypt } from '../../../src/db/encryption.ts';
import { mfaModule } from '../../../src/api/mfa/index.ts';
import { createColumnCipher } from '../../../src/adapters/column-cipher.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildMfaUser, totpCode, startMfaLogin, startTotp, verifyMfa } from '../../helpers/mfa.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('the stored second factor', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const storedFor = async (userId: string): Promise<string> => {
    const rows = await test.db.query<{ row: string }>(
      `SELECT t::text AS row FROM totp_credentials t WHERE user_id = $1
       UNION ALL SELECT r::text FROM recovery_codes r WHERE user_id = $1`,
      [userId],
    );
    return rows.map(({ row }) => row).join('\n');
  };

  it('contains neither the secret nor a recovery code in plain text', async () => {
    const user = await buildMfaUser(test);
    const stored = (await storedFor(user.id)).toLowerCase();
    expect(stored.split('\n')).toHaveLength(11);
    expect(stored).toMatch(/,e1\.[\w-]{8}\./);
    expect(stored).not.toContain(user.secret.toLowerCase());
    for (const code of user.recoveryCodes) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll('-', ''));
    }
  });

  it('does not work with a row copied from another user', async () => {
    const [victim, thief] = [await buildMfaUser(test), await buildMfaUser(test)];
    await test.db.query(
      `UPDATE totp_credentials SET last_step = 0,
         secret = (SELECT secret FROM totp_credentials WHERE user_id = $2) WHERE user_id = $1`,
      [victim.id, thief.id],
    );
    await test.db.query('DELETE FROM recovery_codes WHERE user_id = $1', [victim.id]);
    await test.db.query('UPDATE recovery_codes SET user_id = $1 WHERE user_id = $2', [victim.id, thief.id]);
    const pending = await startMfaLogin(test, victim);
    for (const code of [totpCode(test, thief), thief.recoveryCodes[0]!]) {
      const response = await verifyMfa(test, pending, code);
      expectError(response, 500, 'INTERNAL');
      expect(response.get('Set-Cookie')).toBeUndefined();
    }
  });

  it('does not work with an unencrypted secret', async () => {
    const user = await buildMfaUser(test);
    await test.db.query('UPDATE totp_credentials SET secret = $2 WHERE user_id = $1', [user.id, user.secret]);
    const response = await verifyMfa(test, await startMfaLogin(test, user), totpCode(test, user));
    expectError(response, 500, 'INTERNAL');
  });

  it('does not work with a recovery code whose row was moved from another user', async () => {
    const [victim, thief] = [await buildMfaUser(test), await buildMfaUser(test)];
    await test.db.query('UPDATE recovery_codes SET user_id = $1 WHERE user_id = $2', [victim.id, thief.id]);
    const response = await verifyMfa(test, await startMfaLogin(test, victim), thief.recoveryCodes[0]!);
    expectError(response, 401, 'AUTH_INVALID_MFA_CODE');
  });

  it('works after reencryption with another key', async () => {
    const [before, after] = ['b'.repeat(40), 'a'.repeat(40)];
    await withTestApp({ settings: { DATA_ENCRYPTION_KEY: before } }, async (app) => {
      const user = await buildMfaUser(app);
      const cipher = createColumnCipher([after, before]);
      const done = await reencrypt(app.db, cipher, mfaModule.encryptedColumns);
      expect(done).toEqual([{ name: 'totp_credentials.secret', values: 1, renewed: 1 }]);
      const { databaseUrl } = app;
      await withTestApp({ databaseUrl, settings: { DATA_ENCRYPTION_KEY: after } }, async (moved) => {
        moved.clock.advance(app.clock.now().getTime() - moved.clock.now().getTime());
        await verifyMfa(moved, await startMfaLogin(moved, user), totpCode(moved, user)).expect(200);
      });
    });
  });
});

describe('personal data of a user with a second factor', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('contains when it was turned on and the number of unused codes, and no secret', async () => {
    const plain = await test.buildUser();
    await startTotp(test, plain);
    const own = await test.as(plain).get('/users/me/export').expect(200);
    expect(own.body.data.mfa).toEqual({ totpOnSince: null, recoveryCodesLeft: 0 });

    const user = await buildMfaUser(test);
    const response = await test.as(user).get('/users/me/export').expect(200);
    expect(response.body.data.mfa).toEqual({
      totpOnSince: expect.stringMatching(/^\d{4}-.*Z$/),
      recoveryCodesLeft: 10,
    });
    for (const secret of [user.secret, ...user.recoveryCodes]) expect(response.text).not.toContain(secret);
  });

  it('is erased with the account, without affecting other users', async () => {
    const [user, other] = [await buildMfaUser(test), await buildMfaUser(test)];
    await test.as(user).delete('/users/me').send({ password: user.password }).expect(204);
    const rows = await test.db.query<{ id: string; count: number }>(
      `SELECT user_id AS id, count(*)::int AS count FROM
         (SELECT user_id FROM totp_credentials UNION ALL SELECT user_id FROM recovery_codes) held
       WHERE user_id IN ($1, $2) GROUP BY user_id`,
      [user.id, other.id],
    );
    expect(rows).toEqual([{ id: other.id, count: 11 }]);
  });
});
