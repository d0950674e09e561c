import { createHash } from 'node:crypto';
import { canonicalJson } from '../utils/canonical-json.ts';
import type { InputIssue } from '../core/errors.ts';
import { httpMessages } from './http.messages.ts';

/** Identifies a request. A request with the same user, operation and key is a repetition. */
export interface IdempotentRequest {
  readonly userId: string;
  /** Method and route template, such as `POST /api/v1/users`. */
  readonly operation: string;
  readonly key: string;
  /** SHA-256 of the validated input, which detects that a key is reused for another request. */
  readonly fingerprint: string;
}

/** A response as it was sent. A replay sends the same bytes. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Runs each request at most once. `work` runs in the transaction that also stores its response, so either both are
 * stored or neither. `storableError` returns the response to store for an error, or null if a retry may succeed.
 */
export interface IdempotencyStore {
  run(
    request: IdempotentRequest,
    work: () => Promise<StoredResponse>,
    storableError: (error: unknown) => StoredResponse | null,
  ): Promise<{ response: StoredResponse; isReplay: boolean }>;
}

const keyGrammar = /^"?([A-Za-z0-9_-]{16,255})"?$/;

/**
 * Parses `Idempotency-Key`. Returns the key, or the issues of the header. Returns no key and no issues if the header is
 * missing and optional.
 */
export function readIdempotencyKey(
  header: string | undefined,
  isRequired: boolean,
): { readonly key?: string; readonly issues: readonly InputIssue[] } {
  if (header === undefined && !isRequired) return { issues: [] };
  const key = keyGrammar.exec(header ?? '')?.[1];
  if (key !== undefined) return { key, issues: [] };
  const isMissing = header === undefined;
  const issue: InputIssue = {
    in: 'headers',
    path: 'idempotency-key',
    rule: isMissing ? 'any.required' : 'string.pattern.base',
    message: isMissing
      ? httpMessages.rules.idempotencyKeyMissing
      : httpMessages.rules.idempotencyKeyMalformed,
  };
  return { issues: [issue] };
}

/** Returns the SHA-256 of an input. The hash reveals that two requests use one key for different input. */
export const fingerprintOf = (input: unknown): string =>
  createHash('sha256').update(canonicalJson(input)).digest('hex');
