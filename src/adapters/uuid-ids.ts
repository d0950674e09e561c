import { v7 } from 'uuid';
import type { Ids } from '../core/ports.ts';

/** UUIDv7 (RFC 9562): new rows land at the end of their indexes. */
export const uuidIds: Ids = { next: () => v7() };
