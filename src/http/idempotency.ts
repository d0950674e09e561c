import { createHash } from 'node:crypto';
import { canonicalJson } from '../utils/canonical-json.ts';
import type { InputIssue } from '../core/errors.ts';
import type { Texts } from '../core/languages.ts';

/** What an idempotent request is: the same scope and key name the same intention. */
export interface IdempotentRequest {
  readonly userId: string;
  /** Method and route template, such as `POST /api/v1/users`. */
  readonly operation: string;
  readonly key: string;
  /** SHA-256 of the validated input. */
  readonly fingerprint: string;
}

/** An answer as it went out, to be sent again byte by byte. */
export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Carries out each request once. `work` runs in one transaction with the record of its answer, so that neither
 * exists without the other; `refusal` turns an error into an answer to keep, or gives null for one to repeat.
 */
export interface IdempotencyStore {
  run(
    request: IdempotentRequest,
    work: () => Promise<StoredResponse>,
    refusal: (error: unknown) => StoredResponse | null,
  ): Promise<{ answer: StoredResponse; isReplay: boolean }>;
}

const keyGrammar = /^"?([A-Za-z0-9_-]{16,255})"?$/;

const missing: Texts = {
  en: 'is required: send a new random key for each new intention, and the same key when repeating it',
  de: 'ist erforderlich: für jede neue Absicht einen neuen zufälligen Schlüssel, bei Wiederholung denselben',
};
const malformed: Texts = {
  en: 'must be 16 to 255 letters, digits, - or _',
  de: 'muss aus 16 bis 255 Buchstaben, Ziffern, - oder _ bestehen',
};

/** Reads `Idempotency-Key`: the key, or what is wrong with it; neither when it is absent and need not be there. */
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
    message: isMissing ? missing : malformed,
  };
  return { issues: [issue] };
}

/** What makes two requests the same request. */
export const fingerprintOf = (input: unknown): string =>
  createHash('sha256').update(canonicalJson(input)).digest('hex');
