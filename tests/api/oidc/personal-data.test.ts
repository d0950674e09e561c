import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import {
  sendCallback,
  visitProviderAs,
  visitProviderToLinkAs,
  settingsFor,
  signInAs,
  newPerson,
  startAcme,
} from './flow.ts';
import type { TestProvider } from './provider.ts';

describe('stored identities', () => {
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

  const count = async (table: string, userColumn: string, userId: string) => {
    const rows = await test.db.query(`SELECT 1 FROM ${table} WHERE ${userColumn} = $1`, [userId]);
    return rows.length;
  };

  it('are listed for their user', async () => {
    const { user, accessToken } = (await signInAs(test, provider, newPerson())).body.data;
    const links = await test.as({ accessToken }).get('/auth/oidc/links').expect(200);
    expect(links.body.data).toEqual([
      { provider: 'acme', linkedAt: expect.any(String), lastUsedAt: expect.any(String) },
    ]);
    expect((await test.http.get('/auth/oidc/links')).status).toBe(401);
    expect(await count('oidc_identities', 'user_id', user.id)).toBe(1);
  });

  it('are exported', async () => {
    const person = newPerson();
    const { accessToken } = (await signInAs(test, provider, person)).body.data;
    const response = await test.as({ accessToken }).get('/users/me/export').expect(200);
    expect(response.body.data.oidc).toEqual([
      {
        provider: 'acme',
        issuer: provider.issuer,
        subject: person.sub,
        linkedAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ]);
  });

  it('are deleted with an erased account; the identity then creates a new one', async () => {
    const [user, person] = [await test.buildUser(), newPerson()];
    await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person)).expect(200);
    const back = await visitProviderToLinkAs(test, provider, user, newPerson());
    await test.as(user).delete('/users/me').send({ password: user.password }).expect(204);
    expect(await count('oidc_identities', 'user_id', user.id)).toBe(0);
    expect(await count('oidc_flows', 'link_user_id', user.id)).toBe(0);
    expect((await sendCallback(test, back)).status).toBe(401);
    const again = await signInAs(test, provider, person);
    expect(again.status).toBe(200);
    expect(again.body.data.user.id).not.toBe(user.id);
  });

  it('pending flows are purged after they expire', async () => {
    await test.db.query('DELETE FROM oidc_flows');
    await visitProviderAs(test, provider, newPerson());
    await test.db.query(`UPDATE oidc_flows SET expires_at = now() - interval '1 second'`);
    const inTime = await visitProviderAs(test, provider, newPerson());
    const { purge } = test.app.modules.instances.get('oidc')!;
    expect(await purge?.(100)).toBe(1);
    expect((await sendCallback(test, inTime)).status).toBe(200);
  });
});
