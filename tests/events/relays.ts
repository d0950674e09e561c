import Joi from 'joi';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { defineEvent, type EventDefinition, type Subscription } from '../../src/events/events.ts';
import { object } from '../../src/core/schema.ts';
import type { Database } from '../../src/db/database.ts';
import { InboxRepository } from '../../src/events/inbox.repository.ts';
import { OutboxRepository } from '../../src/events/outbox.repository.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { Relay, type RelaySettings } from '../../src/events/relay.ts';
import { testConfig, generousTimeoutMs } from '../helpers/config.ts';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { until } from '../helpers/until.ts';
import { createMemoryLogger, type MemoryLogger } from '../helpers/fakes.ts';

/** A test event with a number. */
export const counted = defineEvent({
  type: 'tests.counted',
  aggregate: 'counter',
  schema: object({ n: Joi.number() }),
});

/** A database with an outbox, and relays for it. */
export interface RelayBench {
  readonly databaseUrl: string;
  readonly db: Database;
  readonly outbox: OutboxRepository;
  /** The channels on which `outbox` has woken workers. */
  readonly woken: readonly string[];
  readonly logger: MemoryLogger;
  /** Publishes each number in a transaction of its own. All numbers belong to one aggregate. */
  publish(aggregateId: string, ...numbers: readonly number[]): Promise<void>;
  /** Starts a relay in the same way as a separate process would. */
  startRelay(
    subscriptions: readonly Subscription[],
    settings?: Partial<RelaySettings>,
    definitions?: readonly EventDefinition[],
  ): Relay;
  /** Returns the stored events of an aggregate, in order. */
  rows(
    aggregateId: string,
  ): Promise<{ id: string; status: string; attempts: number; lastError: string | null }[]>;
  /** Waits until the events of an aggregate have these statuses. */
  untilStatuses(aggregateId: string, ...statuses: readonly string[]): Promise<void>;
  /** Makes all retries due now. */
  makeAllDue(): Promise<void>;
  /** Stops every relay. */
  stopRelays(): Promise<void>;
  close(): Promise<void>;
}

export async function openRelayBench(): Promise<RelayBench> {
  const name = databaseName('relay');
  const databaseUrl = await createTestDatabase(name);
  const db = createDatabase(testConfig({ DATABASE_URL: databaseUrl }, []), [], {
    queryTimeoutMs: generousTimeoutMs,
  });
  await db.connect();
  const woken: string[] = [];
  const outbox = new OutboxRepository(db, uuidIds, { wake: (channel) => void woken.push(channel) });
  const logger = createMemoryLogger();
  const relays: Relay[] = [];
  const rows: RelayBench['rows'] = (aggregateId) =>
    db.query(
      `SELECT id, status, attempts, last_error AS "lastError" FROM outbox WHERE aggregate_id = $1 ORDER BY sequence`,
      [aggregateId],
    );
  const stopRelays = async (): Promise<void> => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  };
  return {
    databaseUrl,
    db,
    outbox,
    woken,
    logger,
    rows,
    publish: async (aggregateId, ...numbers) => {
      for (const n of numbers) await db.transaction(() => outbox.publish(counted, aggregateId, { n }));
    },
    startRelay: (subscriptions, settings = {}, definitions = [counted]) => {
      const relay = new Relay({
        outbox,
        inbox: new InboxRepository(db),
        ids: uuidIds,
        logger,
        definitions,
        subscriptions,
        settings: { pollMs: 20, stopMs: 200, ...settings },
      });
      relay.start();
      relays.push(relay);
      return relay;
    },
    untilStatuses: (aggregateId, ...statuses) =>
      until(`${aggregateId} is ${statuses.join()}`, async () => {
        const found = (await rows(aggregateId)).map(({ status }) => status);
        return found.join() === statuses.join();
      }),
    makeAllDue: async () => {
      await db.query(`UPDATE outbox SET available_at = now() WHERE status = 'pending'`);
    },
    stopRelays,
    close: async () => {
      await stopRelays();
      await db.close();
      await dropDatabase(name);
    },
  };
}
