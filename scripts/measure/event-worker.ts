import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { createWinstonLogger } from '../../src/adapters/winston-logger.ts';
import { Notifications } from '../../src/db/notifications.ts';
import { on } from '../../src/events/events.ts';
import { InboxRepository } from '../../src/events/inbox.repository.ts';
import { outboxChannel, OutboxRepository } from '../../src/events/outbox.repository.ts';
import { Relay } from '../../src/events/relay.ts';
import { measured, openDatabase } from './measured-event.ts';

// Runs the worker that delivers the events to measure. The argument of this script is the database URL. The script
// sends the message `ready` after the start.

const [, , url = ''] = process.argv;
const db = await openDatabase(url);
const logger = createWinstonLogger({ level: 'warn', isPretty: true });
const relay = new Relay({
  outbox: new OutboxRepository(db, uuidIds, { wake: () => undefined }),
  inbox: new InboxRepository(db),
  ids: uuidIds,
  logger,
  definitions: [measured],
  subscriptions: [
    on(measured, 'measure.effects', async ({ id }) => {
      await db.query('INSERT INTO effects (event_id, delivered_at) VALUES ($1, clock_timestamp())', [id]);
    }),
  ],
});
const channels = {
  [outboxChannel]: () => {
    relay.wake();
  },
};
relay.start();
await new Notifications({ url, channels, logger }).start();
process.send?.('ready');
