import type { RequestHandler } from 'express';
import type { Cookie } from '../core/cookie.ts';
import type { Page } from '../core/pagination.ts';

interface ReplyOptions {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
}

/** A reply: a status and the data that the route declares for it. */
export interface Reply<Status extends number = number, Data = unknown> extends ReplyOptions {
  readonly status: Status;
  readonly data: Data;
}

/** A reply that an Express handler writes directly, such as a stream or a download. */
export interface RawReply {
  readonly raw: RequestHandler;
}

/** Returns a 200 reply. */
export const ok = <Data>(data: Data, options: ReplyOptions = {}): Reply<200, Data> => ({
  status: 200,
  data,
  ...options,
});

/** Returns a 201 reply with the path of the created resource in `Location`. */
export const created = <Data>(
  data: Data,
  { location, ...options }: ReplyOptions & { location?: string } = {},
): Reply<201, Data> => ({
  status: 201,
  data,
  ...options,
  headers: { ...options.headers, ...(location === undefined ? {} : { Location: location }) },
});

/** Returns a 202 reply, which means that the work is queued and not done yet. */
export const accepted = <Data>(data: Data, options: ReplyOptions = {}): Reply<202, Data> => ({
  status: 202,
  data,
  ...options,
});

/** Returns a 204 reply. */
export const noContent = (options: ReplyOptions = {}): Reply<204, undefined> => ({
  status: 204,
  data: undefined,
  ...options,
});

/** Returns a 302 reply that redirects the browser to this address. */
export const redirect = (location: string, options: ReplyOptions = {}): Reply<302, undefined> => ({
  status: 302,
  data: undefined,
  ...options,
  headers: { ...options.headers, Location: location },
});

/** Returns a 200 reply with the views of one page of a list and its position in `meta.pagination`. */
export const paged = <Item, View>(page: Page<Item>, toView: (item: Item) => View): Reply<200, View[]> =>
  ok(page.items.map(toView), { meta: { pagination: page.pagination } });

/** Returns a reply that this Express handler writes. */
export const raw = (handler: RequestHandler): RawReply => ({ raw: handler });
