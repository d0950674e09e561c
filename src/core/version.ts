import { coreErrors } from './errors.ts';

/** The versions that a caller is willing to change: those it names in `If-Match`, or any. */
export type ExpectedVersion = 'any' | readonly string[];

/** The strong entity tag (RFC 9110) of a version. */
export const etagOf = (version: number): string => `"v${version}"`;

const splitTags = (header: string): string[] => header.split(',').map((tag) => tag.trim());

/** Reads `If-Match`; a missing header or `*` accepts any version. */
export const parseIfMatch = (header: string | undefined): ExpectedVersion =>
  header === undefined || header.trim() === '*' ? 'any' : splitTags(header);

/** Throws `PRECONDITION_FAILED` unless this version is one that the caller expects (strong comparison). */
export function assertVersion(version: number, expected: ExpectedVersion): void {
  if (expected !== 'any' && !expected.includes(etagOf(version))) throw coreErrors.preconditionFailed();
}

/** Whether `If-None-Match` already names this tag (weak comparison, as RFC 9110 asks for reads). */
export const isNotModified = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || splitTags(header).some((tag) => tag.replace(/^W\//, '') === etag));
