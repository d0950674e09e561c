import { coreErrors } from './errors.ts';

/** The versions that the caller accepts: the tags in `If-Match`, or any version. */
export type ExpectedVersion = 'any' | readonly string[];

/** Returns the strong entity tag (RFC 9110) of a version. */
export const etagOf = (version: number): string => `"v${version}"`;

// Matches a tag that a compressing proxy has changed. nginx makes the tag weak (W/"v2"). Others add the encoding:
// "v2-gzip" (Apache, Caddy), "v2--gzip" (Jetty), "v2;gzip", "v2"-gzip (Apache 2.2).
const rewrittenTag = /^(?:W\/)?("v\d+)(?:(?:--?|[;:])(?:gzip|br|zstd|deflate))?"(?:-gzip)?$/;

/**
 * Returns the tag as this service sent it. Returns a tag of any other form unchanged, so that it matches no version.
 */
function originalTag(tag: string): string {
  const [, stem] = rewrittenTag.exec(tag) ?? [];
  return stem === undefined ? tag : `${stem}"`;
}

const parseTags = (header: string): string[] => header.split(',').map((tag) => originalTag(tag.trim()));

/** Parses `If-Match`. If the header is missing or `*`, the caller accepts any version. */
export const parseIfMatch = (header: string | undefined): ExpectedVersion =>
  header === undefined || header.trim() === '*' ? 'any' : parseTags(header);

/** Throws `PRECONDITION_FAILED` unless the caller accepts this version. */
export function assertVersion(version: number, expected: ExpectedVersion): void {
  if (expected !== 'any' && !expected.includes(etagOf(version))) throw coreErrors.preconditionFailed();
}

/** Returns whether `If-None-Match` contains this tag. */
export const isNotModified = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === '*' || parseTags(header).includes(etag));
