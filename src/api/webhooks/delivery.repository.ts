import type { Page } from '../../core/pagination.ts';
import type { ColumnCipher } from '../../core/ports.ts';
import { changeInBatches } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { WebhookDelivery } from './webhook-delivery.model.ts';
import { webhookErrors } from './webhook.errors.ts';
import type { DeliveryStatus, ListDeliveriesQuery } from './webhook.validation.ts';

const sortColumns: SortColumns = { createdAt: { property: 'createdAt', kind: 'moment' } };
const retention = "interval '30 days'";

const associatedDataOf = (id: string): string => `webhook_deliveries.body:${id}`;

/** A delivery to insert. Its body is not encrypted yet. */
export type NewDelivery = Pick<
  WebhookDelivery,
  'id' | 'endpointId' | 'eventId' | 'type' | 'body' | 'createdAt'
>;

/** A delivery to send, with its body decrypted. */
export interface DueDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventId: string;
  readonly body: string;
  readonly url: string;
  readonly isEnabled: boolean;
}

/** The outcome of an attempt. */
export interface Outcome {
  readonly status: DeliveryStatus;
  readonly responseStatus: number | null;
  readonly lastError: string | null;
  /** The delay before the next attempt, or null if there is none. */
  readonly delaySeconds: number | null;
}

/** Queries on `webhook_deliveries`. Queries for a user filter by endpoint or owner. */
export class DeliveryRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  list(query: ListDeliveriesQuery, endpointId: string): Promise<Page<WebhookDelivery>> {
    const deliveries = this.#table()
      .createQueryBuilder('delivery')
      .where('delivery.endpointId = :endpointId', { endpointId });
    if (query.status !== undefined)
      deliveries.andWhere('delivery.status = :status', { status: query.status });
    return listPage(deliveries, query, sortColumns);
  }

  /** Returns the newest deliveries of a user, with their bodies decrypted. */
  async listNewestOf(userId: string, limit: number): Promise<WebhookDelivery[]> {
    const deliveries = await this.#table()
      .createQueryBuilder('delivery')
      .where('delivery.endpointId IN (SELECT id FROM webhook_endpoints WHERE user_id = :userId)', { userId })
      .orderBy('delivery.createdAt', 'DESC')
      .addOrderBy('delivery.id', 'DESC')
      .take(limit)
      .getMany();
    return deliveries.map((delivery) => Object.assign(delivery, { body: this.#decryptBody(delivery) }));
  }

  /** Inserts a due delivery and encrypts its body. Returns the stored row. */
  async insert(delivery: NewDelivery): Promise<WebhookDelivery> {
    const row: WebhookDelivery = {
      ...delivery,
      body: this.cipher.encrypt(delivery.body, associatedDataOf(delivery.id)),
      status: 'pending',
      attempts: 0,
      responseStatus: null,
      lastError: null,
      lastAttemptAt: null,
      nextAttemptAt: delivery.createdAt,
    };
    await this.#table().insert(row);
    return row;
  }

  /** Makes a delivery due again, whatever its status. Throws `WEBHOOKS_DELIVERY_NOT_FOUND`. */
  async reopen(id: string, endpointId: string): Promise<WebhookDelivery> {
    const rows = await this.db.query(
      `UPDATE webhook_deliveries SET status = 'pending', next_attempt_at = now()
       WHERE id = $1 AND endpoint_id = $2 RETURNING 1`,
      [id, endpointId],
    );
    if (rows.length === 0) throw webhookErrors.deliveryNotFound();
    return this.#table().findOneByOrFail({ id });
  }

  /** Returns the delivery if `attempt` is its next attempt, or null. */
  async findDue(id: string, attempt: number): Promise<DueDelivery | null> {
    const [row] = await this.db.query<DueDelivery>(
      `SELECT d.id, d.endpoint_id AS "endpointId", d.event_id AS "eventId", d.body, e.url, e.is_enabled AS "isEnabled"
       FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
       WHERE d.id = $1 AND d.status = 'pending' AND d.attempts = $2::int - 1`,
      [id, attempt],
    );
    return row === undefined ? null : { ...row, body: this.#decryptBody(row) };
  }

  /** Stores the outcome of an attempt. Returns false if an outcome is stored already, because a job may run twice. */
  async recordOutcome(
    id: string,
    attempt: number,
    { status, responseStatus, lastError, delaySeconds }: Outcome,
  ): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE webhook_deliveries SET attempts = $2::int, status = $3, response_status = $4, last_error = $5,
         last_attempt_at = now(), next_attempt_at = now() + make_interval(secs => $6)
       WHERE id = $1 AND status = 'pending' AND attempts = $2::int - 1 RETURNING 1`,
      [id, attempt, status, responseStatus, lastError, delaySeconds],
    );
    return rows.length > 0;
  }

  /** Deletes all deliveries of a user in batches. Each batch commits. */
  async deleteInBatchesFor(userId: string): Promise<void> {
    await changeInBatches(
      this.db,
      `DELETE FROM webhook_deliveries WHERE id = ANY (ARRAY(
         SELECT d.id FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
         WHERE e.user_id = $1 LIMIT $2)) RETURNING 1`,
      [userId],
    );
  }

  /** Deletes up to `limit` deliveries that are older than 30 days and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('webhook_deliveries', `created_at < now() - ${retention}`, limit);
  }

  #decryptBody({ id, body }: Pick<WebhookDelivery, 'id' | 'body'>): string {
    return this.cipher.decrypt(body, associatedDataOf(id));
  }

  #table() {
    return this.db.repository(WebhookDelivery);
  }
}
