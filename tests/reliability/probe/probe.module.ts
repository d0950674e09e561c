import { setTimeout as sleep } from 'node:timers/promises';
import Joi from 'joi';
import { defineEvent, on, type DeliveredEvent } from '../../../src/events/events.ts';
import { defineModule } from '../../../src/module.ts';
import { created } from '../../../src/http/reply.ts';
import { route } from '../../../src/http/route.ts';
import { arrayOf, integer, object, oneOf, optional, type Infer } from '../../../src/core/schema.ts';

// A module that this test adds to the service. It publishes events in a request, as other modules do. Its consumers
// record every effect in `rig_effects`.

/** The behavior of the second consumer. */
const behavior = oneOf('calm', 'flaky', 'slow', 'throws', 'hangs', 'kills', 'huge');
const happened = object({ behavior, ballast: optional(Joi.string()) });

export const probeEvent = defineEvent({ type: 'rig.happened', aggregate: 'rig', schema: happened });

const publishBody = object({ behaviors: arrayOf(behavior, { min: 1, max: 10 }) });
const params = object({ aggregate: Joi.string().pattern(/^[a-z0-9-]{1,40}$/) });

const slowMs = 1_500;

export const probeModule = defineModule({
  name: 'rig',
  path: '/rig',
  events: [probeEvent],
  create: ({ db, events }) => ({
    api: {},
    routes: [
      route({
        method: 'post',
        path: '/:aggregate',
        summary: 'Publish events of an aggregate',
        access: 'authenticated',
        idempotency: 'required',
        params,
        body: publishBody,
        replies: { 201: object({ count: integer(1, 10) }) },
        handle: async ({
          params: { aggregate },
          body: { behaviors },
        }: {
          params: Infer<typeof params>;
          body: Infer<typeof publishBody>;
        }) => {
          await db.transaction(async () => {
            for (const one of behaviors) await events.publish(probeEvent, aggregate, payloadOf(one));
          });
          return created({ count: behaviors.length });
        },
      }),
    ],
    subscriptions: [
      // Insert without any check, so that only the inbox can prevent the effect from happening twice.
      on(probeEvent, 'rig.first', async ({ id, aggregateId, sequence }) => {
        await db.query(
          `INSERT INTO rig_effects (consumer, event_id, aggregate_id, sequence) VALUES ('rig.first', $1, $2, $3)`,
          [id, aggregateId, sequence],
        );
      }),
      on(probeEvent, 'rig.second', async ({ id, aggregateId, sequence, payload }) => {
        await db.query(
          `INSERT INTO rig_effects (consumer, event_id, aggregate_id, sequence) VALUES ('rig.second', $1, $2, $3)`,
          [id, aggregateId, sequence],
        );
        await simulate(payload);
      }),
    ],
  }),
});

const payloadOf = (how: Infer<typeof behavior>): Infer<typeof happened> => ({
  behavior: how,
  ...(how === 'huge' && { ballast: '.'.repeat(300_000) }),
});

async function simulate({ behavior: how }: DeliveredEvent<Infer<typeof happened>>['payload']): Promise<void> {
  if (how === 'slow') await sleep(slowMs);
  if (how === 'flaky' && Math.random() < 0.4) throw new Error('Not this time.');
  if (how === 'throws') throw new Error('Never.');
  if (how === 'kills') process.kill(process.pid, 'SIGKILL');
  if (how === 'hangs' || how === 'kills') await new Promise(() => undefined);
}
