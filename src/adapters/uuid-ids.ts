import { v7 } from 'uuid';
import type { Ids } from '../core/ports.ts';

/** UUIDv7 (RFC 9562) grows over time, so new rows are appended at the end of their indexes. */
export const uuidIds: Ids = { next: () => v7() };
