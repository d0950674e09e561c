import { expect } from '@jest/globals';
import type supertest from 'supertest';
import { errorBody, jsonType } from '../../src/http/envelope.ts';

/**
 * Returns the `details` of a validation error without their messages, sorted. An item reads `query page number.max`:
 * part, key and rule.
 */
export const issuesOf = (response: supertest.Response): string[] => {
  const { details = [] } = response.body as { details?: { in: string; path: string; rule: string }[] };
  return details.map((issue) => `${issue.in} ${issue.path} ${issue.rule}`).sort();
};

/** Expects an error response with this status, this code and the error envelope. */
export function expectError(response: supertest.Response, status: number, code: string): void {
  expect({ status: response.status, code: response.body.code }).toEqual({ status, code });
  expect(response.get('Content-Type')).toBe(jsonType);
  expect(response.get('Cache-Control')).toBe('no-store');
  expect(response.get('ETag')).toBeUndefined();
  const { message, details, requestId } = response.body;
  expect(message).toMatch(/\S/);
  expect(requestId).toBe(response.get('X-Request-Id'));
  expect(details === undefined || Array.isArray(details)).toBe(true);
  expect(response.body).toEqual(
    errorBody({ code, message, requestId, ...(details !== undefined && { details }) }),
  );
}
