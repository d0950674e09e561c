import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';

describe('DELETE /auth/sessions', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  it('204: every session of the user but this one has ended, at every process, and nobody else’s', async () => {
    const [user, stranger] = [await test.buildUser(), await test.buildUser()];
    const { email, password } = user;
    const phone = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await test.as(user).get('/users/me').expect(200);

    const response = await test.as(phone.body.data).delete('/auth/sessions').expect(204);

    expect(response.get('Set-Cookie')).toBeUndefined();
    await test.as(user).get('/users/me').expect(401);
    await other.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(other, user.cookie).expect(401);
    await refresh(test, cookieOf(phone)).expect(200);
    await test.as(phone.body.data).get('/users/me').expect(200);
    await test.as(stranger).get('/users/me').expect(200);
    const list = await test.as(phone.body.data).get('/auth/sessions').expect(200);
    expect(list.body.data).toHaveLength(1);
  });
});
