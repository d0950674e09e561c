import { randomUUID } from 'node:crypto';

/** A key that no other request has. */
export const idempotencyKey = (): string => randomUUID();
