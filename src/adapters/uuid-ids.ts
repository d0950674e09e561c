import { v7 } from 'uuid';
import type { Ids } from '../core/ports.ts';

/** Generates UUIDv7 (RFC 9562). These ids grow over time, so new rows are appended at the end of their indexes. */
export const uuidIds: Ids = { next: () => v7() };
