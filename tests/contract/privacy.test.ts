import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { mayBePersonal } from '../../scripts/kit/generate/personal-columns.ts';
import { modules } from '../../src/modules.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';

const path = new URL('../../docs/privacy.md', import.meta.url);

/** Returns the lines below a heading of the page. */
function section(page: string, heading: string): string[] {
  const [, text] = page.split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`docs/privacy.md has no section "${heading}".`);
  return (text.split('\n## ')[0] ?? '').split('\n');
}

/** Returns every `table.column` in backticks. */
const columnsIn = (text: string): string[] =>
  [...text.matchAll(/`([a-z0-9_]+\.[a-z0-9_]+)`/g)].map(([, name]) => name ?? '');

const nameOf = ({ entityMetadata, databaseName }: ColumnMetadata): string =>
  `${entityMetadata.tableName}.${databaseName}`;

describe('docs/privacy.md', () => {
  let test: TestApp;
  let page: string;
  let columns: ColumnMetadata[];
  let rows: { names: string[]; cells: string[] }[];
  let personal: string[];
  let others: string[];

  beforeAll(async () => {
    test = await buildTestApp();
    page = await readFile(path, 'utf8');
    columns = test.db.dataSource.entityMetadatas.flatMap((entity) => entity.columns);
    rows = section(page, 'Columns with personal data')
      .filter((line) => line.startsWith('| `'))
      .map((line) => {
        const cells = line.split('|').map((cell) => cell.trim());
        return { names: columnsIn(cells[1] ?? ''), cells: cells.slice(2, -1) };
      });
    personal = rows.flatMap(({ names }) => names);
    others = columnsIn(section(page, 'Columns without personal data').join('\n'));
  });
  afterAll(() => test.close());

  it('lists every column that may hold personal data in exactly one of its two lists', () => {
    const listed = [...personal, ...others];
    const missing = columns.filter(mayBePersonal).map(nameOf);
    expect(missing.filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
  });

  it('lists no unknown column', () => {
    const existing = new Set(columns.map(nameOf));
    expect([...personal, ...others].filter((name) => !existing.has(name))).toEqual([]);
  });

  it('states content, purpose and retention, erasure and encryption of each column', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const { names, cells } of rows) {
      expect(names.length).toBeGreaterThan(0);
      expect(cells).toHaveLength(4);
      for (const cell of cells) expect(cell).toMatch(/\S/);
      expect(['yes', 'no']).toContain(cells[3]);
    }
  });

  it('marks exactly the columns as encrypted that modules declare as encrypted', () => {
    const marked = rows.filter(({ cells }) => cells[3] === 'yes').flatMap(({ names }) => names);
    const declared = modules.flatMap(({ encryptedColumns }) =>
      encryptedColumns.map(({ table, column }) => `${table}.${column}`),
    );
    expect(marked.sort()).toEqual(declared.sort());
    expect(declared).toContain('mails.content');
  });

  it('explains why a module with personal data does not export and erase it', () => {
    const personalTables = new Set(personal.map((name) => name.split('.')[0]));
    const holders = modules.filter(({ entities }) =>
      test.db.dataSource.entityMetadatas.some(
        ({ target, tableName }) =>
          personalTables.has(tableName) && entities.some((entity) => entity === target),
      ),
    );
    const withoutExport = holders
      .map(({ name }) => name)
      .filter((name) => test.app.modules.instances.get(name)?.personalData === undefined);
    const excused = section(page, 'Modules without export and erasure').flatMap(
      (line) => /^- \*\*([a-z-]+)\*\*: ./.exec(line)?.[1] ?? [],
    );
    expect(withoutExport.sort()).toEqual(excused.sort());
  });
});
