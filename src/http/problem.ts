import type { Request } from 'express';
import type { AppError, ErrorDetail } from '../core/errors.ts';
import { defaultLanguage, isTexts, type Language } from '../core/languages.ts';
import { authScheme, errorBody, jsonType, problemBody, problemType, statusOf } from './envelope.ts';

interface RenderOptions {
  readonly requestId: string;
  /** True for a problem document (RFC 9457), false for the error envelope. */
  readonly isProblem: boolean;
  /** The caller's language. null if the language is unknown or not supported. */
  readonly language: Language | null;
  /** Details for debugging. Present only in development. */
  readonly debug?: { readonly stack: string | undefined; readonly cause: string | undefined };
}

/** An error as it is sent to the caller. */
export interface RenderedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const detailIn =
  (language: Language) =>
  (detail: ErrorDetail): ErrorDetail =>
    isTexts(detail['message']) ? { ...detail, message: detail['message'][language] } : detail;

/** Renders an error as an envelope or a problem document, in the caller's language. */
export function renderError(
  error: AppError,
  { requestId, isProblem, language: wanted, debug }: RenderOptions,
): RenderedError {
  const status = statusOf(error.kind);
  const { code, texts } = error;
  const language = wanted ?? defaultLanguage;
  const content = {
    code,
    message: texts[language],
    ...(error.details.length > 0 && { details: error.details.map(detailIn(language)) }),
    requestId,
    ...(debug !== undefined && { debug }),
  };
  const headers = {
    'Content-Type': isProblem ? problemType : jsonType,
    'Content-Language': language,
    'Cache-Control': 'no-store',
    // Add the authentication scheme, which RFC 9110 requires in a 401 response.
    ...(status === 401 && { 'WWW-Authenticate': authScheme }),
    ...error.headers,
  };
  const body = JSON.stringify(isProblem ? problemBody(status, content) : errorBody(content));
  return { status, headers, body };
}

/** Returns whether the caller prefers a problem document (RFC 9457) to the error envelope. */
export const prefersProblem = (req: Request): boolean =>
  req.accepts(['application/json', problemType]) === problemType;
