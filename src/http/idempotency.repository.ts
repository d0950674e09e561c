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

/** An answer as its caller is told of it. */
interface PersonalRecord {
  readonly operation: string;
  readonly createdAt: Date;
  readonly body: string;
  readonly key: string;
}

/** Keeps answers in PostgreSQL, in the transaction of the effect that they tell of. */
export class IdempotencyRepository implements IdempotencyStore {
  constructor(private readonly db: Database) {}

  run: IdempotencyStore['run'] = (request, work, refusal) =>
    this.db.transaction(async () => {
      await this.#lock(request);
      const record = await this.#find(request);
      if (record !== null) {
        const { fingerprint, ...answer } = record;
        if (fingerprint !== request.fingerprint) throw coreErrors.idempotencyKeyReused();
        return { answer, isReplay: true };
      }
      const answer = await this.#execute(work, refusal);
      await this.#insert(request, answer);
      return { answer, isReplay: false };
    });

  /** The answers kept for repeated requests say again what the requests said. */
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

  /** Deletes up to `limit` records that are past their 24 hours and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge('idempotency_records', `created_at < now() - ${retention}`, limit);

  // The lock ends with the transaction, however that ends: there is no key to be stuck with.
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
    refusal: (error: unknown) => StoredResponse | null,
  ): Promise<StoredResponse> {
    try {
      return await this.db.savepoint(work);
    } catch (error) {
      if (isRetryable(error) || isOutage(error)) throw error;
      const answer = refusal(error);
      if (answer === null) throw error;
      return answer;
    }
  }

  async #insert(
    { userId, operation, key, fingerprint }: IdempotentRequest,
    answer: StoredResponse,
  ): Promise<void> {
    // A record past its time may still be there: the purge runs only now and then.
    await this.db.prepared(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, headers, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (user_id, operation, key) DO UPDATE SET fingerprint = excluded.fingerprint,
         status = excluded.status, headers = excluded.headers, body = excluded.body, created_at = now()`,
      [userId, operation, key, fingerprint, answer.status, JSON.stringify(answer.headers), answer.body],
    );
  }
}
