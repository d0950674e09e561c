import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import {
  assertOnePaging,
  countedMax,
  decodeCursor,
  encodeCursor,
  parseSort,
  type ListQuery,
  type Page,
  type SortKey,
} from '../core/pagination.ts';
import { totalOf } from './counting.ts';
import { readEntities, selectedColumns } from './entity-reader.ts';
import { isPlain, runDerived } from './list-statements.ts';

/** A sortable field: its entity property and the kind of its values. */
export interface SortColumn {
  readonly property: string;
  readonly kind: 'text' | 'number' | 'moment' | 'day' | 'decimal';
}

/** Maps a query field to its column. Only names in this table reach the SQL, never a name from a request. */
export type SortColumns = Readonly<Record<string, SortColumn>>;

interface OrderTerm extends SortColumn {
  readonly isDescending: boolean;
}

function orderOf(keys: readonly SortKey[], columns: SortColumns): OrderTerm[] {
  const terms = keys.map(({ field, isDescending }): OrderTerm => {
    const column = columns[field];
    if (column === undefined)
      throw new Error(`Sort field "${field}" has no column: add it to the sort columns of the repository.`);
    return { isDescending, ...column };
  });
  // Sort by id last, which puts every row at one fixed position, so that no row is repeated or skipped. The id has the
  // direction of the last key, so that one index serves both.
  return [...terms, { property: 'id', kind: 'text', isDescending: terms.at(-1)?.isDescending ?? false }];
}

const isOneDirection = (terms: readonly OrderTerm[]): boolean =>
  terms.every((term) => term.isDescending === terms[0]?.isDescending);

/**
 * Returns the condition for rows after a cursor. If all directions agree, the condition is a single row comparison,
 * which an index supports.
 */
function seekCondition(alias: string, terms: readonly OrderTerm[]): string {
  const column = (index: number) => `${alias}.${terms[index]?.property ?? ''}`;
  const operator = (index: number) => (terms[index]?.isDescending === true ? '<' : '>');
  const indexes = terms.map((_term, index) => index);
  if (isOneDirection(terms)) {
    const values = indexes.map((index) => `:seek${index}`);
    return `(${indexes.map(column).join(', ')}) ${operator(0)} (${values.join(', ')})`;
  }
  const steps = indexes.map((index) => {
    const equal = indexes.slice(0, index).map((before) => `${column(before)} = :seek${before}`);
    return `(${[...equal, `${column(index)} ${operator(index)} :seek${index}`].join(' AND ')})`;
  });
  return `(${steps.join(' OR ')})`;
}

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// The format of `Date.toISOString`, limited to years that PostgreSQL reads in this format.
const momentForm = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const dayForm = /^(?!0000)\d{4}-\d\d-\d\d$/;
const decimalForm = /^-?\d{1,100}(?:\.\d{1,100})?$/;

const isDay = (text: string): boolean => dayForm.test(text) && isMoment(`${text}T00:00:00.000Z`);

const isMoment = (text: string): boolean =>
  momentForm.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;

/**
 * Returns whether PostgreSQL accepts the value for this column. A forged cursor may contain anything and must not cause
 * a database error.
 */
function fits(value: unknown, { property, kind }: OrderTerm): boolean {
  if (kind === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) return false;
  if (property === 'id') return uuidForm.test(value);
  if (kind === 'day') return isDay(value);
  if (kind === 'decimal') return decimalForm.test(value);
  return kind === 'text' || isMoment(value);
}

function valueOf(row: ObjectLiteral, property: string): string | number {
  const value: unknown = row[property];
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' ? value : String(value);
}

/** Sorts the query and selects the columns under their names in the table. Returns its SQL. */
function pageSql<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  terms: readonly OrderTerm[],
): string {
  const { metadata } = query.expressionMap.mainAlias ?? {};
  if (metadata === undefined) throw new Error('A list needs an entity.');
  const { driver } = query.dataSource;
  const columns = selectedColumns(metadata).map(
    ({ databaseName }) => `${driver.escape(query.alias)}.${driver.escape(databaseName)}`,
  );
  return inOrder(query.select(columns.join(', ')), terms).getQuery();
}

function inOrder<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  terms: readonly OrderTerm[],
): SelectQueryBuilder<Entity> {
  for (const { property, isDescending } of terms)
    query.addOrderBy(`${query.alias}.${property}`, isDescending ? 'DESC' : 'ASC');
  return query;
}

interface Position {
  readonly limit: number;
  readonly offset: number;
  /** The values of a cursor. */
  readonly seek: readonly unknown[];
}

/** Reads the rows of a page. */
async function readPage<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  terms: readonly OrderTerm[],
  { limit, offset, seek }: Position,
): Promise<Entity[]> {
  const seekValues = Object.fromEntries(seek.map((value, index) => [`seek${index}`, value]));
  const restrict = (copy: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> =>
    seek.length === 0 ? copy : copy.andWhere(seekCondition(copy.alias, terms), seekValues);
  const { metadata } = query.expressionMap.mainAlias ?? {};
  if (metadata === undefined || !isPlain(query))
    return inOrder(restrict(query.clone()), terms).skip(offset).take(limit).getMany();
  return runDerived(
    query,
    `page ${seek.length} ${terms.map(({ property, isDescending }) => `${property} ${isDescending}`).join()}`,
    (copy) => ({
      sql: `${pageSql(restrict(copy), terms)} LIMIT :pageLimit OFFSET :pageOffset`,
      compile: readEntities<Entity>(query.dataSource, metadata),
    }),
    { ...seekValues, pageLimit: limit, pageOffset: offset },
  );
}

function seekValuesOf(cursor: string, sort: string, terms: readonly OrderTerm[]): readonly unknown[] {
  if (cursor === '') return [];
  return decodeCursor(cursor, sort, terms.length, (value, index) => {
    const term = terms[index];
    return term !== undefined && fits(value, term);
  });
}

async function byCursor<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  terms: readonly OrderTerm[],
  { cursor = '', sort, limit }: ListQuery,
): Promise<Page<Entity>> {
  const seek = seekValuesOf(cursor, sort, terms);
  // Read one row more than requested, which shows whether there is a next page without counting.
  const rows = await readPage(query, terms, { limit: limit + 1, offset: 0, seek });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit;
  const values = last === undefined ? [] : terms.map(({ property }) => valueOf(last, property));
  return { items, pagination: { limit, nextCursor: hasMore ? encodeCursor(sort, values) : null, hasMore } };
}

async function byPage<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  terms: readonly OrderTerm[],
  { page = 1, limit }: ListQuery,
  countedUpTo: number,
): Promise<Page<Entity>> {
  const offset = (page - 1) * limit;
  const items = await readPage(query, terms, { limit, offset, seek: [] });
  const { total, ...estimated } = await totalOf(query, {
    offset,
    limit,
    rowCount: items.length,
    countedUpTo,
  });
  return { items, pagination: { page, limit, total, totalPages: Math.ceil(total / limit), ...estimated } };
}

/** Maps a filter to its SQL condition. The parameter in the condition has the name of the filter. */
export type Conditions<Asked> = Readonly<Partial<Record<keyof Asked & string, string>>>;

/** Applies the condition of each filter that is set. */
export function narrow<Entity extends ObjectLiteral, Filter extends string>(
  query: SelectQueryBuilder<Entity>,
  asked: { readonly [Name in NoInfer<Filter>]?: unknown },
  conditions: Readonly<Partial<Record<Filter, string>>>,
): void {
  for (const filter in conditions) {
    const condition = conditions[filter];
    if (condition !== undefined && asked[filter] !== undefined)
      query.andWhere(condition, { [filter]: asked[filter] });
  }
}

/**
 * Returns the requested page, by page number or by cursor. Every row has one fixed position in the list. Counts at most
 * `countedUpTo` rows.
 */
export async function listPage<Entity extends ObjectLiteral>(
  query: SelectQueryBuilder<Entity>,
  asked: ListQuery,
  columns: SortColumns,
  countedUpTo = countedMax,
): Promise<Page<Entity>> {
  assertOnePaging(asked);
  const terms = orderOf(parseSort(asked.sort), columns);
  return asked.cursor === undefined
    ? byPage(query, terms, asked, countedUpTo)
    : byCursor(query, terms, asked);
}
