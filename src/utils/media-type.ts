import { parse } from 'content-type';

/**
 * Returns whether a `Content-Type` names this media type, and names UTF-8 if it names a charset (RFC 9110, section
 * 8.3). For example, `Text/CSV; header=present; charset="utf8"` matches `text/csv`. Other parameters are ignored.
 */
export function isUtf8MediaType(header: string, type: string): boolean {
  if (header === type) return true;
  const { type: sent, parameters } = parse(header);
  return sent === type && /^utf-?8$/i.test(parameters['charset'] ?? 'utf-8');
}
