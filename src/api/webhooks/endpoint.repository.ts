import type { EncryptedColumn } from '../../db/encryption.ts';
import type { ColumnCipher } from '../../core/ports.ts';
import { assertVersion, type ExpectedVersion } from '../../core/version.ts';
import type { Database } from '../../db/database.ts';
import { previousSecretColumn, secretColumn, WebhookEndpoint } from './webhook-endpoint.model.ts';
import { webhookErrors } from './webhook.errors.ts';
import type { DisabledReason } from './webhook.validation.ts';

/** An endpoint to insert. Its secret is not encrypted yet. */
export type NewEndpoint = Omit<WebhookEndpoint, 'previousSecret'>;

const secretOverlap = "interval '24 hours'";
const disableAfter = "interval '5 days'";

const associatedDataOf = ({ table, column }: EncryptedColumn, id: string): string =>
  `${table}.${column}:${id}`;

/** Queries on `webhook_endpoints`. Queries for a user filter by owner. Times use the database's clock. */
export class EndpointRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  /** Returns the endpoints of a user, newest first. */
  listFor(userId: string): Promise<WebhookEndpoint[]> {
    return this.#table().find({ where: { userId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  async getById(id: string, userId: string): Promise<WebhookEndpoint> {
    const endpoint = await this.db.findOne(WebhookEndpoint, { id, userId });
    if (endpoint === null) throw webhookErrors.notFound();
    return endpoint;
  }

  /** Locks the endpoint until the transaction ends. Throws `WEBHOOKS_NOT_FOUND`, or a version error. */
  async lockById(id: string, userId: string, expected: ExpectedVersion): Promise<WebhookEndpoint> {
    const endpoint = await this.#table().findOne({
      where: { id, userId },
      lock: { mode: 'pessimistic_write' },
    });
    if (endpoint === null) throw webhookErrors.notFound();
    assertVersion(endpoint.version, expected);
    return endpoint;
  }

  /** Serializes the creation of endpoints per user, so that concurrent requests cannot exceed the limit. */
  async lockFor(userId: string): Promise<void> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || $1, 0))`, [userId]);
  }

  countFor(userId: string): Promise<number> {
    return this.#table().countBy({ userId });
  }

  /** Returns the ids of the user's enabled endpoints that subscribe to the event type, and locks them against deletion. */
  async listSubscribed(userId: string, type: string): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM webhook_endpoints WHERE user_id = $1 AND is_enabled AND $2 = ANY (events)
       ORDER BY id FOR KEY SHARE`,
      [userId, type],
    );
    return rows.map(({ id }) => id);
  }

  /** Inserts an endpoint and encrypts its secret. Returns the stored row. */
  async insert(endpoint: NewEndpoint): Promise<WebhookEndpoint> {
    const secret = this.cipher.encrypt(endpoint.secret, associatedDataOf(secretColumn, endpoint.id));
    const row = { ...endpoint, secret, previousSecret: null };
    await this.#table().insert(row);
    return row;
  }

  /** Updates an endpoint locked by this transaction. Returns the updated endpoint. */
  async update(endpoint: WebhookEndpoint, changes: Partial<WebhookEndpoint>): Promise<WebhookEndpoint> {
    const next = { ...changes, version: endpoint.version + 1 };
    await this.#table().update({ id: endpoint.id }, next);
    return Object.assign(endpoint, next);
  }

  /**
   * Replaces the secret. For 24 hours, messages are also signed with the previous secret. The caller must lock the
   * endpoint.
   */
  async rotate({ id, secret: current }: WebhookEndpoint, secret: string): Promise<WebhookEndpoint> {
    const replaced = this.cipher.decrypt(current, associatedDataOf(secretColumn, id));
    await this.db.query(
      `UPDATE webhook_endpoints SET secret = $2, previous_secret = $3, previous_expires_at = now() + ${secretOverlap},
         updated_at = now(), version = version + 1 WHERE id = $1`,
      [
        id,
        this.cipher.encrypt(secret, associatedDataOf(secretColumn, id)),
        this.cipher.encrypt(replaced, associatedDataOf(previousSecretColumn, id)),
      ],
    );
    return this.#table().findOneByOrFail({ id });
  }

  /** Returns the secrets that currently sign messages, newest first. Returns none if the endpoint does not exist. */
  async secretsOf(id: string): Promise<string[]> {
    const [row] = await this.db.query<{ secret: string; previous: string | null }>(
      `SELECT secret, CASE WHEN previous_expires_at > now() THEN previous_secret END AS previous
       FROM webhook_endpoints WHERE id = $1`,
      [id],
    );
    if (row === undefined) return [];
    const secrets = [this.cipher.decrypt(row.secret, associatedDataOf(secretColumn, id))];
    if (row.previous !== null)
      secrets.push(this.cipher.decrypt(row.previous, associatedDataOf(previousSecretColumn, id)));
    return secrets;
  }

  async recordSuccess(id: string): Promise<void> {
    await this.db.query(
      'UPDATE webhook_endpoints SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL',
      [id],
    );
  }

  /** Records a failed attempt. Returns true if all attempts have failed for five days. */
  async recordFailure(id: string): Promise<boolean> {
    const [row] = await this.db.query<{ hasFailedTooLong: boolean }>(
      `UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, now()) WHERE id = $1
       RETURNING failing_since <= now() - ${disableAfter} AS "hasFailedTooLong"`,
      [id],
    );
    return row?.hasFailedTooLong === true;
  }

  /** Disables an enabled endpoint and returns it. Returns null if the endpoint is disabled already. */
  async disable(id: string, reason: DisabledReason): Promise<WebhookEndpoint | null> {
    const rows = await this.db.query(
      `UPDATE webhook_endpoints SET is_enabled = false, disabled_reason = $2, updated_at = now(), version = version + 1
       WHERE id = $1 AND is_enabled RETURNING 1`,
      [id, reason],
    );
    return rows.length === 0 ? null : this.#table().findOneByOrFail({ id });
  }

  /** Deletes an endpoint and its deliveries. */
  async delete(id: string): Promise<void> {
    await this.#table().delete({ id });
  }

  async deleteAllOf(userId: string): Promise<void> {
    await this.#table().delete({ userId });
  }

  #table() {
    return this.db.repository(WebhookEndpoint);
  }
}
