import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AfterLoad, Column, Entity, PrimaryColumn } from 'typeorm';
import type { ListQuery, Page } from '../../src/core/pagination.ts';
import { bigNumber, createdMoment } from '../../src/db/columns.ts';
import { createDataSource } from '../../src/db/data-source.ts';
import { Database } from '../../src/db/database.ts';
import { listPage, type SortColumns } from '../../src/db/listing.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

@Entity('stones')
class Stone {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'given_name' })
  name!: string;

  @Column(bigNumber)
  weight!: number;

  @Column('text', { select: false, nullable: true })
  secret?: string;

  @Column({ name: 'found_at', ...createdMoment })
  foundAt!: Date;
}

@Entity('stones')
class LoudStone {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'given_name' })
  name!: string;

  @AfterLoad()
  shout(): void {
    this.name = this.name.toUpperCase();
  }
}

const columns: SortColumns = {
  name: { property: 'name', kind: 'text' },
  foundAt: { property: 'foundAt', kind: 'moment' },
};

describe('the statements of a list', () => {
  const database = databaseName('list_statements');
  let db: Database;

  const list = (asked: Partial<ListQuery>, filters: Record<string, unknown> = {}): Promise<Page<Stone>> => {
    const stones = db.repository(Stone).createQueryBuilder('stone');
    for (const [name, value] of Object.entries(filters))
      stones.andWhere(`stone.${name} = :${name}`, { [name]: value });
    return listPage(stones, { limit: 2, sort: 'name', ...asked }, columns);
  };
  const namesIn = async (asked: Partial<ListQuery>, filters?: Record<string, unknown>): Promise<string[]> =>
    (await list(asked, filters)).items.map(({ name }) => name);
  const countPrepared = async (): Promise<number> =>
    (await db.query('SELECT 1 FROM pg_prepared_statements')).length;

  beforeAll(async () => {
    const url = await createEmptyDatabase(database);
    // Use one connection, because prepared statements belong to a connection.
    const entities = [Stone, LoudStone];
    db = new Database(createDataSource({ url, poolMax: 1, entities, migrations: [] }));
    await db.connect();
    await db.query(
      'CREATE TABLE stones (id uuid PRIMARY KEY, given_name text, weight bigint, secret text, found_at timestamptz(3))',
    );
    await db.query(
      `INSERT INTO stones SELECT gen_random_uuid(), name, length(name), 'hidden', '2026-01-02T03:04:05.678Z'
       FROM unnest('{Agate,Beryl,Citrine,Diamond,Emerald}'::text[]) AS name`,
    );
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(database);
  });

  it('return the same entities as TypeORM', async () => {
    const { items } = await list({ limit: 5 });
    expect(items).toStrictEqual(await db.repository(Stone).find({ order: { name: 'ASC' } }));
    expect(items[0]).toBeInstanceOf(Stone);
  });

  it('are prepared once without filters, and serve every page', async () => {
    const before = await countPrepared();
    const { pagination } = await list({ sort: '-name', cursor: '' });
    const cursor = 'nextCursor' in pagination ? (pagination.nextCursor ?? '') : '';
    expect(await namesIn({ sort: '-name', cursor })).toEqual(['Citrine', 'Beryl']);
    expect(await namesIn({ sort: '-name', cursor, limit: 1 })).toEqual(['Citrine']);
    // One statement is for the first page, the other one for all pages after a cursor.
    expect(await countPrepared()).toBe(before + 2);
  });

  it('are not prepared with a filter, and bind its value', async () => {
    const before = await countPrepared();
    expect(await namesIn({ cursor: '' }, { name: 'Beryl' })).toEqual(['Beryl']);
    expect(await namesIn({ cursor: '' }, { name: 'Agate' })).toEqual(['Agate']);
    expect(await namesIn({ cursor: '' }, { weight: 5 })).toEqual(['Agate', 'Beryl']);
    expect(await namesIn({ cursor: '' }, { weight: 5, name: 'Beryl' })).toEqual(['Beryl']);
    expect(await countPrepared()).toBe(before);
  });

  it('differ by order and by page', async () => {
    expect(await namesIn({ page: 2 })).toEqual(['Citrine', 'Diamond']);
    expect(await namesIn({ page: 3 })).toEqual(['Emerald']);
    expect(await namesIn({ sort: '-name' })).toEqual(['Emerald', 'Diamond']);
    expect(await namesIn({ sort: 'foundAt,-name' })).toEqual(['Emerald', 'Diamond']);
  });

  it('are left to TypeORM for an entity with listeners', async () => {
    const stones = db.repository(LoudStone).createQueryBuilder('stone');
    const { items } = await listPage(stones, { limit: 1, sort: 'name' }, columns);
    expect(items.map(({ name }) => name)).toEqual(['AGATE']);
  });
});
