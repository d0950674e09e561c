import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import type { Cookie } from '../core/cookie.ts';

type Cookies = Readonly<Record<string, string | undefined>>;

// Returns a value without encoding it, because this service's cookies contain no character that needs encoding.
const asIs = (value: string): string => value;

const noCookies: Cookies = parseCookie('');

/**
 * Parses a Cookie header (RFC 6265). If several cookies have the same name, the first one counts. Values are not
 * decoded.
 */
export const parseCookies = (header: string | undefined): Cookies =>
  header === undefined ? noCookies : parseCookie(header, { decode: asIs });

/** Returns the cookies of a request. Parses the header on the first call only. */
export const cookiesOf = (req: Request): Cookies => (req.parsedCookies ??= parseCookies(req.headers.cookie));

/** Returns the value of a `Set-Cookie` header. */
export const serializeCookie = ({
  name,
  value,
  maxAgeSeconds,
  isSecure,
  sameSite = 'strict',
}: Cookie): string =>
  stringifySetCookie(
    {
      name,
      value: value ?? '',
      maxAge: value === null ? 0 : maxAgeSeconds,
      path: '/',
      httpOnly: true,
      secure: isSecure,
      sameSite,
    },
    { encode: asIs },
  );
