import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Column, DeleteDateColumn, Entity, PrimaryColumn } from 'typeorm';
import { bigNumber, moment } from '../../src/db/columns.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { Database } from '../../src/db/database.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

@Entity('gems')
class Gem {
  @PrimaryColumn('integer')
  id!: number;

  @Column('text', { name: 'given_name' })
  name!: string;

  @Column({ name: 'weight', ...bigNumber })
  weight!: number;

  @Column('integer')
  facets!: number;

  @Column({ ...moment, name: 'found_at' })
  foundAt!: Date;

  @Column('text', { select: false, nullable: true })
  secret?: string;

  @DeleteDateColumn({ ...moment, name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}

describe('a prepared statement', () => {
  const name = databaseName('prepared');
  let url: string;
  let db: Database;

  const open = async (options = {}): Promise<Database> => {
    // Use one connection, so that each query finds the prepared statements of earlier queries.
    const opened = new Database(
      createDataSource({ url, poolMax: 1, entities: [Gem], migrations: [] }),
      options,
    );
    await opened.connect();
    return opened;
  };
  const namesIn = async (asked: Database): Promise<string[]> =>
    (await asked.query<{ name: string }>('SELECT name FROM pg_prepared_statements')).map((row) => row.name);

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
  });
  beforeEach(async () => {
    db = await open();
    await db.query('DROP TABLE IF EXISTS gems');
    await db.query(
      `CREATE TABLE gems (id int PRIMARY KEY, given_name text, weight bigint, facets int, found_at timestamptz(3), secret text, deleted_at timestamptz(3))`,
    );
    await db.query(
      `INSERT INTO gems VALUES (1, 'Ruby', 9007199254740991, 8, '2026-01-02T03:04:05.678Z', 'hidden', NULL), (2, 'Opal', 2, 0, now(), NULL, now())`,
    );
  });
  afterEach(() => db.close());
  afterAll(() => dropDatabase(name));

  it('returns the same entity as TypeORM', async () => {
    const found = await db.findOne(Gem, { id: 1 });
    expect(found).toBeInstanceOf(Gem);
    expect(found).toStrictEqual(await db.repository(Gem).findOneBy({ id: 1 }));
    expect(found).toMatchObject({ name: 'Ruby', weight: Number.MAX_SAFE_INTEGER });
    expect(found).not.toHaveProperty('secret');
  });

  it('returns null for a deleted, different or unknown row', async () => {
    expect(await db.findOne(Gem, { id: 2 })).toBeNull();
    expect(await db.findOne(Gem, { id: 1, name: 'Opal' })).toBeNull();
    expect(await db.findOne(Gem, { id: 3 })).toBeNull();
    expect(await db.findOne(Gem, { id: 1, name: 'Ruby' })).not.toBeNull();
  });

  it('names an unknown column', async () => {
    await expect(db.findOne(Gem, { color: 'red' } as Partial<Gem>)).rejects.toThrow(
      'Gem has no column for property "color".',
    );
  });

  it('is prepared once and then executed by name', async () => {
    for (const id of [1, 2, 3]) await db.findOne(Gem, { id });
    expect(await namesIn(db)).toHaveLength(1);
    await db.findOne(Gem, { name: 'Ruby' });
    expect(await namesIn(db)).toHaveLength(2);
  });

  it('is unnamed if the pooler does not support prepared statements', async () => {
    const nameless = await open({ isNamingStatements: false });
    expect(await nameless.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Ruby' });
    expect(await namesIn(nameless)).toEqual([]);
    await nameless.close();
  });

  it('runs in the open transaction', async () => {
    await expect(
      db.transaction(async () => {
        await db.query(`UPDATE gems SET given_name = 'Garnet' WHERE id = 1`);
        expect(await db.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Garnet' });
        throw new Error('Rolled back.');
      }),
    ).rejects.toThrow('Rolled back.');
    expect(await db.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Ruby' });
  });

  it('is rejected after its transaction has ended', async () => {
    let late: Promise<unknown> = Promise.resolve();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    await db.transaction(async () => {
      late = ended.then(() => db.findOne(Gem, { id: 1 }));
    });
    end();
    await expect(late).rejects.toThrow('Query runner already released');
  });

  describe('during a migration', () => {
    const widen = () => db.query('ALTER TABLE gems ALTER COLUMN facets TYPE bigint');

    beforeEach(async () => {
      await db.findOne(Gem, { id: 1 });
    });

    it('is unaffected by a new column', async () => {
      await db.query('ALTER TABLE gems ADD COLUMN color text');
      expect(await db.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Ruby' });
      expect(await namesIn(db)).toHaveLength(1);
    });

    it('survives repeated changes of a column type', async () => {
      await widen();
      expect(await db.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Ruby', facets: '8' });
      expect(await db.findOne(Gem, { id: 1 })).toMatchObject({ name: 'Ruby' });
    });

    it('retries the transaction after a change of a column type', async () => {
      await widen();
      let runs = 0;
      const found = await db.transaction(() => {
        runs += 1;
        return db.findOne(Gem, { id: 1 });
      });
      expect(found).toMatchObject({ name: 'Ruby' });
      expect(runs).toBe(2);
    });
  });

  it('fails if its column was dropped', async () => {
    await db.query('ALTER TABLE gems DROP COLUMN facets');
    await expect(db.findOne(Gem, { id: 1 })).rejects.toMatchObject({ code: '42703' });
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
