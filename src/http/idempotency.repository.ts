import { coreErrors } from '../core/errors.ts';
import type { PersonalData } from '../core/personal-data.ts';
import type { IdempotencyStore, IdempotentRequest, StoredResponse } from './idempotency.ts';
import { mapEach } from '../utils/map-each.ts';
import { changeInBatches, readInBatches } from '../db/batches.ts';
import type { Database } from '../db/database.ts';
import { isOutage, isRetryable } from '../db/errors.ts';
import { IdempotencyRecord } from './idempotency.model.ts';

const retention = "interval '24 hours'";

interface StoredRecord extends StoredResponse {
  readonly fingerprint: string;
}

/** A stored response as it appears in the export of personal data. */
interface PersonalRecord {
  readonly operation: string;
  readonly createdAt: Date;
  readonly body: string;
  readonly key: string;
}

/** Stores responses in PostgreSQL, in the same transaction as the changes that their requests make. */
export class IdempotencyRepository implements IdempotencyStore {
  constructor(private readonly db: Database) {}

  run: IdempotencyStore['run'] = (request, work, storableError) =>
    this.db.transaction(async () => {
      await this.#lock(request);
      const record = await this.#find(request);
      if (record !== null) {
        const { fingerprint, ...response } = record;
        if (fingerprint !== request.fingerprint) throw coreErrors.idempotencyKeyReused();
        return { response, isReplay: true };
      }
      const response = await this.#execute(work, storableError);
      await this.#insert(request, response);
      return { response, isReplay: false };
    });

  /** Exports and erases the stored responses, because they may contain personal data. */
  readonly personalData: PersonalData = {
    exportFor: async (userId) => mapEach(this.#readAllOf(userId), ({ key: _key, ...held }) => held),
    eraseInBatches: (userId) =>
      changeInBatches(
        this.db,
        `DELETE FROM idempotency_records WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM idempotency_records WHERE user_id = $1 LIMIT $2)) RETURNING 1`,
        [userId],
      ),
    eraseFor: async (userId) => {
      await this.db.repository(IdempotencyRecord).delete({ userId });
    },
  };

  #readAllOf(userId: string): AsyncGenerator<PersonalRecord> {
    return readInBatches((last, limit) =>
      this.db.query<PersonalRecord>(
        `SELECT operation, created_at AS "createdAt", body, key FROM idempotency_records
         WHERE user_id = $1 AND (operation, key) > ($2, $3) ORDER BY operation, key LIMIT $4`,
        [userId, last?.operation ?? '', last?.key ?? '', limit],
      ),
    );
  }

  /** Deletes up to `limit` records that are older than 24 hours and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge('idempotency_records', `created_at < now() - ${retention}`, limit);

  // Takes a lock that PostgreSQL releases when the transaction ends, even after a crash, so that a key cannot stay
  // locked.
  async #lock({ userId, operation, key }: IdempotentRequest): Promise<void> {
    const [row] = await this.db.prepared<{ locked: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked',
      [JSON.stringify([userId, operation, key])],
    );
    if (row?.locked !== true) throw coreErrors.idempotencyInFlight([], { headers: { 'Retry-After': '1' } });
  }

  async #find({ userId, operation, key }: IdempotentRequest): Promise<StoredRecord | null> {
    const [row] = await this.db.prepared<StoredRecord>(
      `SELECT fingerprint, status, headers, body FROM idempotency_records
       WHERE user_id = $1 AND operation = $2 AND key = $3 AND created_at >= now() - ${retention}`,
      [userId, operation, key],
    );
    return row ?? null;
  }

  async #execute(
    work: () => Promise<StoredResponse>,
    storableError: (error: unknown) => StoredResponse | null,
  ): Promise<StoredResponse> {
    try {
      return await this.db.savepoint(work);
    } catch (error) {
      if (isRetryable(error) || isOutage(error)) throw error;
      const response = storableError(error);
      if (response === null) throw error;
      return response;
    }
  }

  async #insert(
    { userId, operation, key, fingerprint }: IdempotentRequest,
    response: StoredResponse,
  ): Promise<void> {
    // Overwrite a record that has expired but has not been purged yet.
    await this.db.prepared(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, headers, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (user_id, operation, key) DO UPDATE SET fingerprint = excluded.fingerprint,
         status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()`,
      [userId, operation, key, fingerprint, response.status, JSON.stringify(response.headers), response.body],
    );
  }
}
