import { expect } from '@jest/globals';
import type supertest from 'supertest';

/** Returns the `details` of a validation error without their messages, sorted: `query page number.max`. */
export const issuesOf = (response: supertest.Response): string[] => {
  const { details = [] } = response.body as { details?: { in: string; path: string; rule: string }[] };
  return details.map((issue) => `${issue.in} ${issue.path} ${issue.rule}`).sort();
};

/** Expects an error response with this status, this code and the error envelope. */
export function expectError(response: supertest.Response, status: number, code: string): void {
  expect({ status: response.status, code: response.body.code }).toEqual({ status, code });
  expect(response.get('Content-Type')).toBe('application/json; charset=utf-8');
  expect(response.get('Cache-Control')).toBe('no-store');
  expect(response.get('ETag')).toBeUndefined();
  expect(response.body).toEqual({
    status: 'error',
    code,
    message: expect.stringMatching(/\S/),
    requestId: response.get('X-Request-Id'),
    ...(response.body.details !== undefined && { details: expect.any(Array) }),
  });
}
