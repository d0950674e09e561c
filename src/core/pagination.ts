import { createHash } from 'node:crypto';
import Joi from 'joi';
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

export interface PageNumbers {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly totalPages: number;
  /** There where the total, and so the number of pages, is estimated: beyond as many rows as are counted. */
  readonly isTotalEstimated?: true;
}

export interface CursorPosition {
  readonly limit: number;
  readonly nextCursor: string | null;
  readonly hasMore: boolean;
}

/** Some items of a list, and where in the list they are. */
export interface Page<Item> {
  readonly items: Item[];
  readonly pagination: PageNumbers | CursorPosition;
}

export interface SortKey {
  readonly field: string;
  readonly isDescending: boolean;
}

/** What every list can be asked; `cursor` and `page` exclude each other. */
export interface ListQuery {
  readonly page?: number;
  readonly limit: number;
  readonly cursor?: string;
  readonly sort: string;
}

type Filters = Readonly<Record<string, OptionalKey<Schema>>>;

/** As far as the rows of a list are counted; what it has beyond them is estimated. */
export const countedMax = 10_000;
/** The same for a search for words, as each row that an index of words finds has to be looked up in its table. */
export const searchCountedMax = 1_000;

const maxSortKeys = 3;
// Holds the longest values that a list is sorted by, each character of them escaped.
const maxCursorLength = 6_000;

/** The query of a list route: paging, the fields it may be sorted by, and its filters. */
export function listQuery<const F extends Filters>(
  sortable: readonly string[],
  defaultSort: string,
  filters: F,
): Joi.ObjectSchema<ListQuery & InferShape<F>> {
  const field = `-?(?:${sortable.join('|')})`;
  const sort = Joi.string()
    .pattern(new RegExp(`^${field}(?:,${field}){0,${maxSortKeys - 1}}$`))
    .messages(
      messages('string.pattern.base', {
        en: `must name up to ${maxSortKeys} of ${sortable.join(', ')}, each with an optional -`,
        de: `muss bis zu ${maxSortKeys} von ${sortable.join(', ')} nennen, jeweils mit oder ohne - davor`,
      }),
    );
  return object({
    page: optional(integer(1, 10_000)),
    limit: withDefault(integer(1, 100), 20),
    cursor: optional(Joi.string().allow('').max(maxCursorLength)),
    sort: withDefault(sort, defaultSort),
    ...filters,
  }) as Joi.ObjectSchema<ListQuery & InferShape<F>>;
}

/** The reply of a list route: items of this view, with `meta.pagination`. */
export const pageOf = <View>(view: SchemaOf<View>): Joi.ArraySchema<View[]> =>
  arrayOf(view).meta({ isPage: true });

/** Reads `-createdAt,name`; the schema has already held each field against the route's list. */
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
      message: { en: 'must name each field once', de: 'darf jedes Feld nur einmal nennen' },
    });
  }
  return keys;
}

// A check against damage, not against forging: a made-up cursor only names another place in the same list,
// which its maker may read anyway. So no key is needed, and every machine reads every machine's cursors.
const checksum = (payload: string): string =>
  createHash('sha256').update(payload).digest('base64url').slice(0, 12);

type CursorValue = string | number | boolean;

/** The opaque name of the place behind a row, for this order of the list. */
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

/** The values at a place; throws a validation error when the cursor is damaged or belongs to another order. */
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
    message: {
      en: 'must be a nextCursor of this list in the same order; start again with an empty cursor',
      de: 'muss ein nextCursor dieser Liste in derselben Reihenfolge sein; bitte mit leerem cursor neu beginnen',
    },
  });
}

/** Throws a validation error when a list is asked for by page and by cursor at once. */
export function assertOnePaging({ page, cursor }: ListQuery): void {
  if (page !== undefined && cursor !== undefined) {
    throw invalidInput({
      in: 'query',
      path: 'cursor',
      rule: 'object.oxor',
      message: {
        en: 'cannot be combined with page; use one of them',
        de: 'geht nicht zusammen mit page; bitte nur eines von beiden angeben',
      },
    });
  }
}
