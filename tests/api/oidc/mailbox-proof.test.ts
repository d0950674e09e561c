import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import { proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import { sendCallback, visitProviderToLinkAs, settingsFor, signInAs, newPerson, startAcme } from './flow.ts';
import type { TestProvider } from './provider.ts';

describe('linked identities at the first verification of the address', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider) });
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  async function buildLinked() {
    const [user, person] = [await test.buildUser(), newPerson()];
    expect((await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person))).status).toBe(
      200,
    );
    return { user, person };
  }

  it.each(proofMethods)('are unlinked by the first verification, a %s', async (proof) => {
    const { user, person } = await buildLinked();

    const owner = await proveEmail(test, user, proof);

    expect((await test.as(owner).get('/auth/oidc/links').expect(200)).body.data).toEqual([]);
    // The identity is no longer linked, so its owner now gets a separate account.
    const again = await signInAs(test, provider, person);
    expect(again.body.data.user.id).not.toBe(user.id);
    expect((await auditEventsOf(test, 'oidc', user.id)).map(({ type }) => type)).toEqual([
      'oidc.linked',
      'oidc.unlinked',
    ]);
    expect((await mailTo(test, user.email)).text).toContain('Sign-in providers unlinked: acme.');
  });

  it.each(proofMethods)('cannot be linked by a flow that started before a %s', async (proof) => {
    const user = await test.buildUser();
    const back = await visitProviderToLinkAs(test, provider, user, newPerson());
    const owner = await proveEmail(test, user, proof);
    expectError(await sendCallback(test, back), 401, 'OIDC_SIGN_IN_FAILED');
    expect((await test.as(owner).get('/auth/oidc/links').expect(200)).body.data).toEqual([]);
  });

  it('stay at a reset of a verified owner, and are listed in the mail', async () => {
    const { user, person } = await buildLinked();
    await verifyEmail(test, user);
    await resetPassword(test, user);
    const mail = await mailTo(test, user.email);
    expect(mail.text).toContain('Sign-in providers that are still linked: acme.');
    expect((await signInAs(test, provider, person)).body.data.user.id).toBe(user.id);
  });
});
