import { hash } from 'node:crypto';
import Joi from 'joi';
import { coreMessages } from './core.messages.ts';
import { invalidInput } from './errors.ts';
import {
  arrayOf,
  integer,
  object,
  optional,
  messages,
  withDefault,
  type Schema,
  type SchemaOf,
  type InferShape,
  type OptionalKey,
} from './schema.ts';

/** The position of a page that was requested by number. */
export interface PageNumbers {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly totalPages: number;
  /** Present if the total and the number of pages are estimates. Only lists up to a certain length are counted. */
  readonly isTotalEstimated?: true;
}

/** The position of a page that was requested by cursor. */
export interface CursorPosition {
  readonly limit: number;
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
}

/** Some items of a list and their position in it. */
export interface Page<Item> {
  readonly items: Item[];
  readonly pagination: PageNumbers | CursorPosition;
}

/** A field that a list is sorted by. */
export interface SortKey {
  readonly field: string;
  readonly isDescending: boolean;
}

/** The query parameters of every list. A query may have `cursor` or `page`, but not both. */
export interface ListQuery {
  readonly page?: number;
  readonly limit: number;
  readonly cursor?: string;
  readonly sort: string;
}

type Filters = Readonly<Record<string, OptionalKey<Schema>>>;

/** The number of rows up to which a list is counted. The length of a longer list is estimated. */
export const countedMax = 10_000;
/**
 * The same limit for a full-text search. This limit is lower, because every match in the index must also be looked up
 * in the table.
 */
export const searchCountedMax = 1_000;

const maxSortKeys = 3;
// The maximum length of a cursor. It is enough for the longest values of the sort fields, even if every character is
// escaped.
const maxCursorLength = 6_000;

/** Returns the query schema of a list route: paging, sort fields and filters. */
export function listQuery<const F extends Filters>(
  sortable: readonly string[],
  defaultSort: string,
  filters: F,
): Joi.ObjectSchema<ListQuery & InferShape<F>> {
  const field = `-?(?:${sortable.join('|')})`;
  const sort = Joi.string()
    .pattern(new RegExp(`^${field}(?:,${field}){0,${maxSortKeys - 1}}$`))
    .messages(messages('string.pattern.base', coreMessages.rules.sort(maxSortKeys, sortable.join(', '))));
  return object({
    page: optional(integer(1, 10_000)),
    limit: withDefault(integer(1, 100), 20),
    cursor: optional(Joi.string().allow('').max(maxCursorLength)),
    sort: withDefault(sort, defaultSort),
    ...filters,
  }) as Joi.ObjectSchema<ListQuery & InferShape<F>>;
}

/** Returns the reply schema of a list route: items of this view, with `meta.pagination`. */
export const pageOf = <View>(view: SchemaOf<View>): Joi.ArraySchema<View[]> =>
  arrayOf(view).meta({ isPage: true });

/**
 * Parses a sort such as `-createdAt,name`. The schema has already checked the fields. Throws if a field occurs twice.
 */
export function parseSort(sort: string): SortKey[] {
  const keys = sort
    .split(',')
    .map((part) =>
      part.startsWith('-')
        ? { field: part.slice(1), isDescending: true }
        : { field: part, isDescending: false },
    );
  if (new Set(keys.map((key) => key.field)).size < keys.length) {
    throw invalidInput({
      in: 'query',
      path: 'sort',
      rule: 'sort.unique',
      message: coreMessages.rules.sortTwice,
    });
  }
  return keys;
}

// Returns a checksum, which detects damage but not forgery. Forgery is harmless, because a forged cursor only points to
// another place in a list that the caller may read anyway. Without a secret key, every process accepts the cursors of
// every other process.
const checksum = (payload: string): string => hash('sha256', payload, 'base64url').slice(0, 12);

type CursorValue = string | number | boolean;

/**
 * Returns the cursor for the position after a row. `sort` is the order of the list, and `values` are the row's values
 * of the sort fields.
 */
export function encodeCursor(sort: string, values: readonly CursorValue[]): string {
  const payload = Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');
  return `${payload}.${checksum(payload)}`;
}

const isCursorValue = (value: unknown): value is CursorValue =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

function readPayload(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/**
 * Returns the values in a cursor. Throws a validation error if the cursor is damaged or was made for another order of
 * the list.
 */
export function decodeCursor(
  cursor: string,
  sort: string,
  count: number,
  fits: (value: CursorValue, index: number) => boolean,
): CursorValue[] {
  const [payload = '', check = '', ...rest] = cursor.split('.');
  const isIntact = rest.length === 0 && check === checksum(payload);
  const parsed = isIntact ? readPayload(payload) : undefined;
  if (Array.isArray(parsed) && parsed[0] === sort && parsed.length === count + 1) {
    const values: unknown[] = parsed.slice(1);
    if (values.every(isCursorValue) && values.every(fits)) return values;
  }
  throw invalidInput({
    in: 'query',
    path: 'cursor',
    rule: 'cursor.invalid',
    message: coreMessages.rules.cursor,
  });
}

/** Throws a validation error if a query has both a page and a cursor. */
export function assertOnePaging({ page, cursor }: ListQuery): void {
  if (page !== undefined && cursor !== undefined) {
    throw invalidInput({
      in: 'query',
      path: 'cursor',
      rule: 'object.oxor',
      message: coreMessages.rules.cursorWithPage,
    });
  }
}
