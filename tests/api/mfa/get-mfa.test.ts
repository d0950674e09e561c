import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { startMfaLogin, startTotp, enableMfa, verifyMfa } from '../../helpers/mfa.ts';

describe('GET /auth/mfa', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('200 with the state and the number of unused recovery codes', async () => {
    const user = await test.buildUser();
    const read = async (as = user) => (await test.as(as).get('/auth/mfa').expect(200)).body.data as unknown;
    expect(await read()).toEqual({ totp: false, recoveryCodesLeft: 0 });
    await startTotp(test, user);
    expect(await read()).toEqual({ totp: false, recoveryCodesLeft: 0 });
    const mfaUser = await enableMfa(test, user);
    expect(await read(mfaUser)).toEqual({ totp: true, recoveryCodesLeft: 10 });
    await verifyMfa(test, await startMfaLogin(test, user), mfaUser.recoveryCodes[0]!).expect(200);
    expect(await read(mfaUser)).toEqual({ totp: true, recoveryCodesLeft: 9 });
  });

  it('401 without an access token', async () => {
    await test.http.get('/auth/mfa').expect(401);
  });
});
