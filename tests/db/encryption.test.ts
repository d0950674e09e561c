import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createColumnCipher } from '../../src/adapters/column-cipher.ts';
import type { ColumnCipher } from '../../src/core/ports.ts';
import { EncryptedJson, reencrypt, type EncryptedColumn } from '../../src/db/encryption.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { openSecondConnection } from '../helpers/second-connection.ts';

const [oldKey, newKey] = ['the key of last year', 'the key of this year'];

describe('reencrypt', () => {
  const column: EncryptedColumn = { table: 'notes "2"', idColumn: 'id', column: 'text' };
  const before = createColumnCipher([oldKey]);
  const after = createColumnCipher([newKey, oldKey]);
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    await test.db.query(
      'CREATE TABLE "notes ""2""" (id int PRIMARY KEY, text text, version int NOT NULL DEFAULT 1)',
    );
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE "notes ""2"""');
  });
  afterAll(() => test.close());

  const values = new EncryptedJson<string>(after, column);
  const insert = (id: number, text: string | null) =>
    test.db.query('INSERT INTO "notes ""2""" (id, text) VALUES ($1, $2)', [id, text]);
  const sealedBy = (cipher: ColumnCipher, id: number, text: string) =>
    new EncryptedJson<string>(cipher, column).encrypt(String(id), text);
  const rows = () =>
    test.db.query<{ id: number; text: string | null; version: number }>(
      'SELECT * FROM "notes ""2""" ORDER BY id',
    );

  it('re-encrypts every value with the current key, in batches, and keeps row versions', async () => {
    // Use more rows than one batch holds. Their ids have another order as texts than as numbers.
    const ids = Array.from({ length: 1_203 }, (_row, index) => index + 1);
    const texts = ids.map((id) => (id % 10 === 0 ? null : sealedBy(before, id, `note ${id}`)));
    await test.db.query('INSERT INTO "notes ""2""" (id, text) SELECT * FROM unnest($1::int[], $2::text[])', [
      ids,
      texts,
    ]);
    const name = 'notes "2".text';
    expect(await reencrypt(test.db, after, [column])).toEqual([{ name, values: 1_083, renewed: 1_083 }]);
    for (const { id, text, version } of await rows()) {
      expect(version).toBe(1);
      expect(values.decrypt(String(id), text)).toBe(id % 10 === 0 ? null : `note ${id}`);
      expect(text === null || !after.isOutdated(text)).toBe(true);
    }
    expect(await reencrypt(test.db, after, [column])).toEqual([{ name, values: 1_083, renewed: 0 }]);
  });

  it('encrypts values stored before their column was encrypted', async () => {
    await insert(1, '"from before"');
    expect(values.decrypt('1', '"from before"')).toBe('from before');
    await reencrypt(test.db, after, [column]);
    const [row] = await rows();
    expect(row?.text).toMatch(/^e1\./);
    expect(values.decrypt('1', row?.text ?? null)).toBe('from before');
  });

  it('resumes after a failure and names the unreadable value', async () => {
    await insert(1, sealedBy(before, 1, 'one'));
    await insert(2, sealedBy(createColumnCipher(['a key that is lost']), 2, 'two'));
    await insert(3, sealedBy(before, 3, 'three'));
    const failing = reencrypt(test.db, after, [column]);
    await expect(failing).rejects.toThrow('notes "2".text:2 needs a key that is not configured: set DATA');
    const withLost = createColumnCipher([newKey, oldKey, 'a key that is lost']);
    expect(await reencrypt(test.db, withLost, [column])).toMatchObject([{ values: 3, renewed: 2 }]);
  });

  it('never overwrites concurrent writes, with either key', async () => {
    for (const writer of [before, after]) {
      await test.db.query('TRUNCATE "notes ""2"""');
      await insert(1, sealedBy(before, 1, 'old'));
      await insert(2, sealedBy(before, 2, 'other'));
      const service = await openSecondConnection(test);
      try {
        await service.query('BEGIN');
        await service.query('UPDATE "notes ""2""" SET text = $1 WHERE id = 1', [sealedBy(writer, 1, 'new')]);
        const running = reencrypt(test.db, after, [column]);
        await service.untilWaiting(1);
        await service.query('COMMIT');
        await running;
      } finally {
        await service.close();
      }
      const [row] = await rows();
      expect(values.decrypt('1', row?.text ?? null)).toBe('new');
      expect(after.isOutdated(row?.text ?? '')).toBe(false);
    }
  });

  it('tolerates a row deleted meanwhile', async () => {
    await insert(1, sealedBy(before, 1, 'old'));
    const service = await openSecondConnection(test);
    try {
      await service.query('BEGIN');
      await service.query('DELETE FROM "notes ""2"""');
      const running = reencrypt(test.db, after, [column]);
      await service.untilWaiting(1);
      await service.query('COMMIT');
      expect(await running).toMatchObject([{ values: 1, renewed: 0 }]);
    } finally {
      await service.close();
    }
  });
});
