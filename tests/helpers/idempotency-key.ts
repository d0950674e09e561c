import { randomUUID } from 'node:crypto';

/** Returns a new idempotency key. */
export const idempotencyKey = (): string => randomUUID();
