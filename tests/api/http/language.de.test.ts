import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coreErrors } from '../../../src/core/errors.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { buildThing, buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('errors in German', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: { CORS_ORIGINS: 'https://app.example.com' } });
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
  });
  afterAll(() => test.close());

  it('include problem documents', async () => {
    const response = await test.http
      .get('/things?page=0')
      .set('Accept', 'application/problem+json')
      .set('Accept-Language', 'de')
      .expect(400);
    expect(response.get('Content-Type')).toBe('application/problem+json');
    expect(response.get('Content-Language')).toBe('de');
    expect(response.body).toMatchObject({
      title: 'Die Anfrage ist nicht gültig; siehe details.',
      detail: 'Die Anfrage ist nicht gültig; siehe details.',
      details: [{ in: 'query', path: 'page', rule: 'number.min', message: 'muss mindestens 1 sein' }],
    });
  });

  const wrongThing = { sku: '-', name: ' ', priceMinor: 1.5, stock: -1, colour: 'red' };
  const faultsIn = async (language: string) => {
    const response = await test.as(manager).post('/things').set('Accept-Language', language).send(wrongThing);
    expectError(response, 400, 'VALIDATION_ERROR');
    return (response.body as { details: unknown[] }).details;
  };

  it('include every issue of the input', async () => {
    expect(await faultsIn('de')).toEqual([
      {
        in: 'body',
        path: 'sku',
        rule: 'string.pattern.base',
        message: 'de: must be letters, digits and -',
      },
      {
        in: 'body',
        path: 'name',
        rule: 'string.pattern.base',
        message: 'darf nicht nur aus Leerraum bestehen',
      },
      { in: 'body', path: 'priceMinor', rule: 'number.integer', message: 'muss eine ganze Zahl sein' },
      { in: 'body', path: 'currency', rule: 'any.required', message: 'ist erforderlich' },
      { in: 'body', path: 'stock', rule: 'number.min', message: 'muss mindestens 0 sein' },
      { in: 'body', path: 'colour', rule: 'object.unknown', message: 'ist nicht erlaubt' },
    ]);
  });

  it('include issues found outside schemas', async () => {
    const { id: thingId } = await buildThing(test, manager);
    const item = { thingId, quantity: 1 };
    const messagesOf = async (send: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await send;
      expect(status).toBe(400);
      return (body as { details: { message: string }[] }).details.map(({ message }) => message);
    };
    const list = (query: string) => test.http.get(`/things?${query}`).set('Accept-Language', 'de');
    const borrow = (key: string) =>
      test.as(user).post('/loans').set({ 'Idempotency-Key': key, 'Accept-Language': 'de' });
    expect(await messagesOf(list('page=1&page=2').then())).toEqual(['darf nur einmal angegeben werden']);
    expect(await messagesOf(list('sort=name,-name').then())).toEqual(['darf jedes Feld nur einmal nennen']);
    expect(await messagesOf(list('page=1&cursor=').then())).toEqual([
      'geht nicht zusammen mit page; bitte nur eines von beiden angeben',
    ]);
    expect(
      await messagesOf(
        borrow('short')
          .send({ items: [item] })
          .then(),
      ),
    ).toEqual(['muss aus 16 bis 255 Buchstaben, Ziffern, - oder _ bestehen']);
    expect(
      await messagesOf(borrow(idempotencyKey()).type('json').send('{"items":"\\u0000"}').then()),
    ).toEqual(['darf kein NUL und kein halbes Surrogatpaar enthalten']);
  });

  it.each([
    [401, coreErrors.unauthenticated, () => test.http.get('/loans')],
    [403, coreErrors.forbidden, () => test.as(user).post('/things').send({})],
    [404, coreErrors.notFound, () => test.http.get('/nowhere')],
    [405, coreErrors.methodNotAllowed, () => test.http.put('/things')],
    [413, coreErrors.tooLarge, () => test.http.post('/auth/login').send({ email: 'x'.repeat(2_000_000) })],
    [415, coreErrors.unsupportedMediaType, () => test.http.post('/auth/login').type('text').send('x')],
  ] as const)('have the status %i', async (status, error, send) => {
    const response = await send().set('Accept-Language', 'de');
    expectError(response, status, error.code);
    expect(response.body.message).toBe(error.texts.de);
    expect(response.get('Content-Language')).toBe('de');
    expect(response.get('Vary')).toBe('Origin, Accept-Language');
  });

  it('have the status 429', () =>
    withTestApp(
      { modules: modulesWithThings, settings: { RATE_LIMIT_GLOBAL_PER_MINUTE: '1' } },
      async ({ http }) => {
        await http.get('/things').expect(200);
        const response = await http.get('/things').set('Accept-Language', 'de');
        expectError(response, 429, 'RATE_LIMITED');
        expect(response.body.message).toBe(coreErrors.tooMany.texts.de);
        expect(response.get('Vary')).toBe('Accept-Language');
      },
    ));

  it('do not change in a replayed response', async () => {
    const { id: thingId } = await buildThing(test, manager, { stock: 0 });
    const key = idempotencyKey();
    const place = (language: string) =>
      test
        .as(user)
        .post('/loans')
        .set({ 'Idempotency-Key': key, 'Accept-Language': language })
        .send({ items: [{ thingId, quantity: 1 }] })
        .expect(409);
    const first = await place('de');
    const second = await place('en');
    expect(first.body.message).toBe('de: There are not enough.');
    expect(second.get('Idempotency-Replayed')).toBe('true');
    expect(second.text).toBe(first.text);
    for (const response of [first, second]) {
      expect(response.get('Content-Language')).toBe('de');
      expect(response.get('Vary')).toBe('Origin, Accept-Language');
    }
  });

  it('are English in the log', () =>
    withTestApp({ modules: modulesWithThings }, async ({ db, http, logger }) => {
      await db.close();
      const response = await http.get('/things').set('Accept-Language', 'de');
      expect(response.body.message).not.toBe(coreErrors.unavailable.message);
      const [line] = logger.lines.filter(({ level }) => level === 'error');
      expect(line?.message).toBe(coreErrors.unavailable.message);
      await db.connect();
    }));
});
