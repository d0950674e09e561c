import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh, sessionIdOf } from '../../helpers/auth.ts';
import { testEnvironment } from '../../helpers/config.ts';

describe('rotation of JWT_SECRET', () => {
  const oldSecret = testEnvironment['JWT_SECRET'];
  const newSecret = 'Zq8wRt3yUv6nBm1kLp4jHg7fDs0aXc9eTiOrWxYbCdFz';
  let before: TestApp;
  let during: TestApp;
  let after: TestApp;

  beforeAll(async () => {
    before = await buildTestApp();
    const { databaseUrl } = before;
    const settings = { JWT_SECRET: newSecret };
    during = await buildTestApp({ databaseUrl, settings: { ...settings, JWT_PREVIOUS_SECRET: oldSecret } });
    after = await buildTestApp({ databaseUrl, settings });
  });
  afterAll(async () => {
    await during.close();
    await after.close();
    await before.close();
  });

  it('keeps all sessions while the previous secret is configured', async () => {
    const user = await before.buildUser();
    await during.as(user).patch('/users/me').send({ name: 'Still here' }).expect(200);
    const response = await refresh(during, user.cookie).expect(200);
    await refresh(during, cookieOf(response)).expect(200);
  });

  it('signs new tokens with the new secret', async () => {
    const { cookie } = await before.buildUser();
    const { body } = await refresh(during, cookie).expect(200);
    await before.as(body.data).get('/users/me').expect(401);
    await after.as(body.data).get('/users/me').expect(200);
    const newcomer = await during.buildUser();
    await refresh(after, newcomer.cookie).expect(200);
  });

  it('rejects tokens of the previous secret once it is removed', async () => {
    const user = await before.buildUser();
    await after.as(user).get('/users/me').expect(401);
    await refresh(after, user.cookie).expect(401);
    const zeros = `refresh=${sessionIdOf(user.cookie)}.1.${'A'.repeat(43)}`;
    await refresh(after, zeros).expect(401);
  });
});
