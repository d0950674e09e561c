import { randomUUID } from 'node:crypto';

export const idempotencyKey = (): string => randomUUID();
