import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';

const composed = 'pässwörd für später';
const decomposed = composed.normalize('NFD');

/** Characters that cannot be seen, so that two different texts look the same. */
const invisible = [
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2800',
].concat('\u3164', '\ufe0f', '\ufeff', '\uffa0', '\u{e0041}');

describe('Unicode spellings of credentials', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const register = (email: string, password = 'correct horse battery', name = 'Ada') =>
    test.http.post('/auth/register').send({ email, password, name });
  const login = (email: string, password = 'correct horse battery') =>
    test.http.post('/auth/login').send({ email, password });

  describe('a password', () => {
    it.each([
      ['nfc@example.com', composed],
      ['nfd@example.com', decomposed],
    ])('of %s signs in in NFC and in NFD', async (email, password) => {
      await register(email, password).expect(201);
      await login(email, composed).expect(200);
      await login(email, decomposed).expect(200);
      expectError(await login(email, composed.replace('ä', 'a')), 401, 'AUTH_INVALID_CREDENTIALS');
    });

    it('is accepted in its other form to change it and to erase the account', async () => {
      const { body } = await register('change@example.com', composed).expect(201);
      const next = 'nächstes Passwort';
      const changed = await test
        .as(body.data)
        .post('/auth/password/change')
        .send({ currentPassword: decomposed, newPassword: next.normalize('NFD') })
        .expect(200);
      await login('change@example.com', next).expect(200);
      await test.as(changed.body.data).delete('/users/me').send({ password: next }).expect(204);
    });

    it.each([
      [201, 'eight characters of two code points each', 'e\u0301'.repeat(8)],
      [201, '128 such characters', 'e\u0301'.repeat(128)],
      [201, '128 characters outside the basic plane', '\u{1f40e}'.repeat(128)],
      [400, 'four characters of two code points each', 'e\u0301'.repeat(4)],
      [400, '129 characters outside the basic plane', '\u{1f40e}'.repeat(129)],
      [400, 'seven characters and an invisible one', 'abcdefg\u200b'],
      [400, 'nothing that shows', '\u200b'.repeat(9)],
    ])('%i for a new one of %s', async (status, _what, password) => {
      await register(`${randomUUID()}@example.com`, password).expect(status);
    });
  });

  describe('an address', () => {
    it.each([
      'ü@bücher.example',
      'ü@xn--bcher-kva.example',
      'Ü@BÜCHER.Example',
      'u\u0308@bu\u0308cher.example',
      'ü@bücher\u3002example',
    ])('equals %j', async (spelling) => {
      await register('ü@bücher.example');
      expectError(await register(spelling), 409, 'AUTH_EMAIL_TAKEN');
      const { body } = await login(spelling).expect(200);
      expect(body.data.user.email).toBe('ü@xn--bcher-kva.example');
    });

    it.each(invisible)('400 for one with %j, on every route that sets one', async (character) => {
      const [local, domain] = [`in${character}visible@example.com`, `invisible@ex${character}ample.com`];
      const admin = await test.buildUser({ roles: ['admin'] });
      for (const email of [local, domain]) {
        expect(issuesOf(await register(email).expect(400))).toEqual(['body email string.email']);
        const byAdmin = { email, password: 'correct horse battery', name: 'Ada' };
        await test.as(admin).post('/users').send(byAdmin).expect(400);
        const change = { email, password: admin.password };
        await test.as(admin).post('/auth/email/change').send(change).expect(400);
      }
    });

    it.each([
      'ada@xn--.example',
      'ada@xn--99999999.example',
      'ada@xn--abc-.example',
      'ada@example.com.',
      'ada@bücher.example.',
    ])('400 for %j, whose domain is not valid', async (email) => {
      await register(email).expect(400);
    });

    describe('stored before domains were converted to IDNA', () => {
      const [unicode, ascii] = ['old@grün.example', 'old@xn--grn-ioa.example'];
      const store = async (email: string, password: string) => {
        const user = await test.buildUser({ password });
        await test.db.query('UPDATE users SET email = $2 WHERE id = $1', [user.id, email]);
        return user.id;
      };

      it('signs in with that spelling, and each of two accounts with its own', async () => {
        const first = await store(unicode, 'the password of the first');
        expect((await login(unicode, 'the password of the first').expect(200)).body.data.user.id).toBe(first);
        const second = await store(ascii, 'the password of the second');
        expect((await login(unicode, 'the password of the first').expect(200)).body.data.user.id).toBe(first);
        expect((await login(ascii, 'the password of the second').expect(200)).body.data.user.id).toBe(second);
      });

      it('signs in also with an invisible character', async () => {
        await store('o\u00adld@example.com', 'the password of the third');
        await login('O\u00adld@example.com', 'the password of the third').expect(200);
        await login('old@example.com', 'the password of the third').expect(401);
      });
    });
  });

  describe('a name', () => {
    it('is stored in NFC', async () => {
      const { body } = await register('name@example.com', undefined, 'Zoe\u0308').expect(201);
      expect(body.data.user.name).toBe('Zo\u00eb');
    });

    it.each(['👩\u200d👩\u200d👧', 'می\u200cخواهم', '❤\ufe0f'])('may be %j', async (name) => {
      const user = await test.buildUser();
      const { body } = await test.as(user).patch('/users/me').send({ name }).expect(200);
      expect(body.data.name).toBe(name);
    });

    it.each(invisible)('400 for a name of only %j', async (character) => {
      const user = await test.buildUser();
      const response = await test
        .as(user)
        .patch('/users/me')
        .send({ name: ` ${character}` })
        .expect(400);
      expect(issuesOf(response)).toEqual(['body name string.pattern.base']);
    });
  });
});
