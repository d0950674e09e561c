// Generated from openapi.json by `npm run generate:files`.

/** Operations that accept an Idempotency-Key. */
export const idempotentOperations: readonly string[] = ['POST /api/v1/orders'];
