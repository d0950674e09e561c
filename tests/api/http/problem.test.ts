import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const problem = 'application/problem+json';
const json = 'application/json; charset=utf-8';

describe('application/problem+json', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it.each([
    [problem, problem],
    [`${problem}, application/json;q=0.9`, problem],
    [`application/json;q=0.1, ${problem};q=0.2`, problem],
    [`${problem}, */*;q=0.1`, problem],
    ['application/json', json],
    [`application/json, ${problem}`, json],
    [`${problem};q=0.5, application/json`, json],
    [`${problem};q=0, */*`, json],
    ['*/*', json],
    ['application/*', json],
    ['text/html', json],
    ['text/html,application/xhtml+xml,*/*;q=0.8', json],
    ['nonsense', json],
    ['', json],
  ])('with Accept %j the type is %s', async (accept, type) => {
    const response = await test.http.get('//nowhere').set('Accept', accept).expect(404);
    expect(response.get('Content-Type')).toBe(type);
  });

  it('has all members, and the same content as the envelope', async () => {
    const response = await test.http.get('/things?page=0').set('Accept', problem).expect(400);
    expect(response.body).toEqual({
      type: expect.any(String),
      title: expect.stringMatching(/\S/),
      status: 400,
      detail: expect.stringMatching(/\S/),
      code: 'VALIDATION_ERROR',
      details: [{ in: 'query', path: 'page', rule: 'number.min', message: expect.any(String) }],
      requestId: response.get('X-Request-Id'),
    });
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it.each<[number, (app: TestApp) => Promise<{ status: number; body: unknown; get(name: string): string | undefined }>]>([
    [400, (app) => app.http.post('/things').type('json').send('{').set('Accept', problem)],
    [401, (app) => app.http.get('/loans').set('Accept', problem)],
    [403, (app) => app.buildUser().then((user) => app.as(user).post('/things').send({}).set('Accept', problem))],
    [404, (app) => app.http.get('/nowhere').set('Accept', problem)],
    [405, (app) => app.http.put('/things').set('Accept', problem)],
    [409, async (app) => {
      const body = { sku: 'TWICE', name: 'Lamp', priceMinor: 1, currency: 'EUR' };
      await app.as(manager).post('/things').send(body);
      return app.as(manager).post('/things').send(body).set('Accept', problem);
    }],
    [413, (app) => app.http.post('/things').send({ a: 'x'.repeat(110_000) }).set('Accept', problem)],
    [415, (app) => app.http.post('/things').type('text').send('x').set('Accept', problem)],
  ])('is sent for %i', async (status, ask) => {
    const response = await ask(test);
    expect(response.status).toBe(status);
    expect(response.get('Content-Type')).toBe(problem);
    expect(response.body).toMatchObject({ status, title: expect.any(String), code: expect.any(String) });
  }); // prettier-ignore

  it('is not used for successful replies', async () => {
    const response = await test.http.get('/things').set('Accept', problem).expect(200);
    expect(response.get('Content-Type')).toBe(json);
    expect(response.body.status).toBe('success');
  });
});
