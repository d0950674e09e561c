import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../helpers/app.ts';

describe('two apps in one process', () => {
  let one: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    one = await buildTestApp();
    other = await buildTestApp({
      settings: {
        ACCESS_TOKEN_TTL_SECONDS: '60',
        BODY_LIMIT_BYTES: '1024',
        RATE_LIMIT_GLOBAL_PER_MINUTE: '1000',
      },
    });
  });
  afterAll(async () => {
    await other.close();
  });

  const signIn = (app: TestApp, account: { email: string; password: string }) =>
    app.http.post('/auth/login').send({ email: account.email, password: account.password });

  it('do not share users, although their keys are equal', async () => {
    const user = await one.buildUser();
    await one.as(user).get('/users/me').expect(200);
    await other.as(user).get('/users/me').expect(401);
    await signIn(other, user).expect(401);
  });

  it('do not share settings', async () => {
    const atOne = await signIn(one, await one.buildUser()).expect(200);
    const atOther = await signIn(other, await other.buildUser()).expect(200);
    expect(atOne.body.data.expiresIn).toBe(900);
    expect(atOther.body.data.expiresIn).toBe(60);
    expect(atOne.get('RateLimit')).toBeUndefined();
    expect(atOther.get('RateLimit')).toContain('"address"');
    const long = { email: 'a@example.com', password: 'x'.repeat(2_000) };
    await signIn(one, long).expect(400);
    await signIn(other, long).expect(413);
  });

  it('do not share clocks', async () => {
    const [ofOne, ofOther] = [await one.buildUser(), await other.buildUser()];
    one.clock.advance(1_000_000);
    await one.as(ofOne).get('/users/me').expect(401);
    await other.as(ofOther).get('/users/me').expect(200);
  });

  it('stop independently', async () => {
    const user = await other.buildUser();
    await one.close();
    await other.as(user).get('/users/me').expect(200);
    await other.http.get('//health/ready').expect(200, { status: 'ok' });
  });
});
