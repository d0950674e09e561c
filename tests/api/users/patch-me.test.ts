import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

describe('PATCH /users/me', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('200 with the new name and the next version', async () => {
    const user = await test.buildUser({ name: 'Old Name' });
    test.clock.advance(1_000);
    const response = await test.as(user).patch('/users/me').send({ name: 'New Name' }).expect(200);
    expect(response.body.data).toMatchObject({
      id: user.id,
      name: 'New Name',
      version: 2,
      updatedAt: test.clock.now().toISOString(),
    });
    expect(response.get('ETag')).toBe('"v2"');
    const read = await test.as(user).get('/users/me').expect(200);
    expect(read.body).toEqual(response.body);
  });

  it.each(['"v1"', '*', '"v7", "v1"'])('200 if If-Match is %s', async (expected) => {
    const user = await test.buildUser();
    await test.as(user).patch('/users/me').set('If-Match', expected).send({ name: 'New Name' }).expect(200);
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'name any.required'],
    ['a blank name', { name: ' \t' }, 'name string.pattern.base'],
    ['an empty name', { name: '' }, 'name string.empty'],
    ['a name of 201 characters', { name: 'x'.repeat(201) }, 'name string.max'],
    ['a number', { name: 7 }, 'name string.base'],
    ['roles', { name: 'Ada', roles: ['admin'] }, 'roles object.unknown'],
    ['an e-mail address', { name: 'Ada', email: 'new@example.com' }, 'email object.unknown'],
    ['a status', { name: 'Ada', status: 'active' }, 'status object.unknown'],
  ])('400 for %s', async (_what, body, issue) => {
    const user = await test.buildUser({ name: 'Old Name' });
    const response = await test.as(user).patch('/users/me').send(body).expect(400);
    const issues = response.body.details.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
    expect(issues).toEqual([issue]);
    const read = await test.as(user).get('/users/me');
    expect(read.body.data).toMatchObject({ name: 'Old Name', version: 1, roles: ['user'] });
  });

  it('401 without an access token', async () => {
    const response = await test.http.patch('/users/me').send({ name: 'Nobody' }).expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it.each(['"v2"', 'W/"v2"', '"v2-gzip"', 'v1'])(
    '412 if If-Match is %s, without a change',
    async (expected) => {
      const user = await test.buildUser({ name: 'Old Name' });
      const response = await test
        .as(user)
        .patch('/users/me')
        .set('If-Match', expected)
        .send({ name: 'New Name' })
        .expect(412);
      expect(response.body.code).toBe('PRECONDITION_FAILED');
      const read = await test.as(user).get('/users/me');
      expect(read.body.data).toMatchObject({ name: 'Old Name', version: 1 });
    },
  );

  it('412 for all but one of ten concurrent changes of one version', async () => {
    const user = await test.buildUser();
    const change = (name: string) => test.as(user).patch('/users/me').set('If-Match', '"v1"').send({ name });
    const responses = await Promise.all(Array.from({ length: 10 }, (_, index) => change(`Name ${index}`)));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });
});
