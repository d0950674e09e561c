import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CanonicalizeUsers1763750100000 } from '../../../src/api/users/migrations/1763750100000-canonicalize-users.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

let test: TestApp;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

const store = async (email: string, name = 'Ada') => {
  const { id } = await test.buildUser();
  await test.db.query('UPDATE users SET email = $2, name = $3 WHERE id = $1', [id, email, name]);
  return id;
};

const read = async (id: string) => {
  const [row] = await test.db.query<{ email: string; name: string; version: number }>(
    'SELECT email, name, version FROM users WHERE id = $1',
    [id],
  );
  return row;
};

it('canonicalizes stored users, except for an address that another account has', async () => {
  const unicode = await store('ü@bücher.example');
  const taken = await store('old@grün.example');
  const canonical = await store('old@xn--grn-ioa.example');
  const invisible = await store('o\u00adld@example.com');
  const decomposed = await store('zoe@example.com', 'Zoe\u0308');

  const runner = test.db.dataSource.createQueryRunner();
  try {
    await new CanonicalizeUsers1763750100000().up(runner);
  } finally {
    await runner.release();
  }

  expect(await read(unicode)).toEqual({ email: 'ü@xn--bcher-kva.example', name: 'Ada', version: 2 });
  expect(await read(taken)).toMatchObject({ email: 'old@grün.example', version: 1 });
  expect(await read(canonical)).toMatchObject({ email: 'old@xn--grn-ioa.example', version: 1 });
  expect(await read(invisible)).toMatchObject({ email: 'o\u00adld@example.com', version: 1 });
  expect(await read(decomposed)).toEqual({ email: 'zoe@example.com', name: 'Zo\u00eb', version: 2 });
});
