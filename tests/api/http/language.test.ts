import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coreErrors } from '../../../src/core/errors.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('the language of an error', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: { CORS_ORIGINS: 'https://app.example.com' } });
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it.each([
    // #region de
    ['de', 'de'],
    ['de-AT, en;q=0.5', 'de'],
    ['fr, de-AT;q=0.2', 'de'],
    ['DE', 'de'],
    // #endregion
    ['en', 'en'],
    ['en, de', 'en'],
    ['de;q=0', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['%%%;;q=', 'en'],
  ] as const)('with Accept-Language %j is %s', async (accepted, language) => {
    const response = await test.http.get('//nowhere').set('Accept-Language', accepted);
    expectError(response, 404, 'NOT_FOUND');
    expect(response.body.message).toBe(coreErrors.notFound.texts[language]);
    expect(response.get('Content-Language')).toBe(language);
    expect(response.get('Vary')).toBe('Origin, Accept-Language');
  });

  it('is English without Accept-Language, and Vary names the header', async () => {
    const response = await test.http.get('//nowhere').expect(404);
    expect(response.body.message).toBe(coreErrors.notFound.message);
    expect(response.get('Content-Language')).toBe('en');
    expect(response.get('Vary')).toBe('Origin, Accept-Language');
  });

  it('is not sent with replies without messages', async () => {
    const response = await test.http.get('/things').set('Accept-Language', 'de').expect(200);
    expect(response.get('Content-Language')).toBeUndefined();
    expect(response.get('Vary')).toBe('Origin');
  });

  const wrongThing = { sku: '-', name: ' ', priceMinor: 1.5, stock: -1, colour: 'red' };
  const faultsIn = async (language: string) => {
    const response = await test.as(manager).post('/things').set('Accept-Language', language).send(wrongThing);
    expectError(response, 400, 'VALIDATION_ERROR');
    return (response.body as { details: unknown[] }).details;
  };

  it('is English for unsupported languages', async () => {
    expect(await faultsIn('en')).toEqual([
      {
        in: 'body',
        path: 'sku',
        rule: 'string.pattern.base',
        message: 'must be letters, digits and -',
      },
      { in: 'body', path: 'name', rule: 'string.pattern.base', message: 'must not be blank' },
      { in: 'body', path: 'priceMinor', rule: 'number.integer', message: 'must be an integer' },
      { in: 'body', path: 'currency', rule: 'any.required', message: 'is required' },
      { in: 'body', path: 'stock', rule: 'number.min', message: 'must be greater than or equal to 0' },
      { in: 'body', path: 'colour', rule: 'object.unknown', message: 'is not allowed' },
    ]);
    expect(await faultsIn('xx')).toEqual(await faultsIn('en'));
  });
});
