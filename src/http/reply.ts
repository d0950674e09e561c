import type { RequestHandler } from 'express';
import type { Cookie } from '../core/cookie.ts';
import type { Page } from '../core/pagination.ts';

interface ReplyOptions {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
}

/** How a request ends: a status and the data that its route promised for that status. */
export interface Reply<Status extends number = number, Data = unknown> extends ReplyOptions {
  readonly status: Status;
  readonly data: Data;
}

/** The whole answer in the hands of Express: for streams, downloads and what else a table cannot say. */
export interface RawReply {
  readonly raw: RequestHandler;
}

export const ok = <Data>(data: Data, options: ReplyOptions = {}): Reply<200, Data> => ({
  status: 200,
  data,
  ...options,
});

/** 201 with the address of what was made. */
export const created = <Data>(
  data: Data,
  { location, ...options }: ReplyOptions & { location?: string } = {},
): Reply<201, Data> => ({
  status: 201,
  data,
  ...options,
  headers: { ...options.headers, ...(location === undefined ? {} : { Location: location }) },
});

/** 202: it will be done later. */
export const accepted = <Data>(data: Data, options: ReplyOptions = {}): Reply<202, Data> => ({
  status: 202,
  data,
  ...options,
});

export const noContent = (options: ReplyOptions = {}): Reply<204, undefined> => ({
  status: 204,
  data: undefined,
  ...options,
});

/** 302: the browser goes on at this address. */
export const redirect = (location: string, options: ReplyOptions = {}): Reply<302, undefined> => ({
  status: 302,
  data: undefined,
  ...options,
  headers: { ...options.headers, Location: location },
});

/** 200 with one page of a list, each item as its view, and where the next page is. */
export const paged = <Item, View>(page: Page<Item>, toView: (item: Item) => View): Reply<200, View[]> =>
  ok(page.items.map(toView), { meta: { pagination: page.pagination } });

/** Lets `handler` answer by itself. */
export const raw = (handler: RequestHandler): RawReply => ({ raw: handler });
