import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Joi from 'joi';
import { webhooksModule } from '../../src/api/webhooks/index.ts';
import { defineEvent } from '../../src/events/events.ts';
import { defineModule, type ModuleDefinition } from '../../src/module.ts';
import { nullable, object } from '../../src/core/schema.ts';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { modules } from '../../src/modules.ts';
import { buildTestApp, type TestApp, type TestUser } from './app.ts';

/** A request that a receiver got. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server that receives webhooks. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: ReceivedRequest[];
  /** Responds to a request. The default responds with 204; a test can assign another function. */
  respond: (response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function buildReceiver(): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      receiver.respond(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    received,
    respond: (response) => response.writeHead(204).end(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Returns a `respond` function with this status, body and headers. */
export const respondWith =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Receiver['respond'] =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

const bellRang = defineEvent({
  type: 'bells.rang',
  aggregate: 'bell',
  schema: object({ ownerId: nullable(Joi.string()), tone: Joi.string(), secret: Joi.string() }),
});

/** A module with the webhook event `bell.rang`. Calling `ring` publishes one. */
const bellsModule = defineModule({
  name: 'bells',
  path: '/bells',
  events: [bellRang],
  create: ({ db, events, use }) => ({
    api: {
      ring: (ownerId: string | null, tone: string) =>
        db.transaction(() => events.publish(bellRang, uuidIds.next(), { ownerId, tone, secret: 'of ours' })),
    },
    routes: [],
    subscriptions: [
      use(webhooksModule).registerEventType({
        definition: bellRang,
        type: 'bell.rang',
        ownerOf: ({ ownerId }) => ownerId,
        toPayload: ({ aggregateId, payload }) => ({ bellId: aggregateId, tone: payload.tone }),
      }),
    ],
  }),
});

/** The modules of the service, and one with the webhook event `bell.rang`. */
export const webhookModules: readonly ModuleDefinition[] = [...modules, bellsModule];

type TestAppOptions = NonNullable<Parameters<typeof buildTestApp>[0]>;

/** Builds a service with the webhook event `bell.rang`. */
export const buildWebhookApp = (options: TestAppOptions = {}): Promise<TestApp> =>
  buildTestApp({ modules: webhookModules, ...options });

interface Bells {
  ring(ownerId: string | null, tone: string): Promise<void>;
}

/** Publishes `bell.rang` to the outbox. A worker delivers it. */
export const publishBellRang = ({ app }: TestApp, ownerId: string | null, tone = 'high'): Promise<void> =>
  (app.modules.instances.get('bells')?.api as Bells).ring(ownerId, tone);

/** Calls the subscription of `bell.rang` directly, without a worker. Returns the id of the event. */
export async function deliverBellRang(test: TestApp, ownerId: string | null, tone = 'high'): Promise<string> {
  const subscription = test.app.modules.subscriptions.find(
    ({ consumer }) => consumer === 'webhooks.bell.rang',
  );
  if (subscription === undefined)
    throw new Error('No subscription to bell.rang: build the app with buildWebhookApp.');
  const id = uuidIds.next();
  const aggregateId = '0195f2d0-0000-7000-8000-00000000be11';
  const payload = { ownerId, tone, secret: 'of ours' };
  const metadata = { sequence: 1, headers: {}, occurredAt: new Date('2026-01-31T09:30:00.000Z') };
  await test.db.transaction(() =>
    subscription.handle({ id, type: 'bells.rang', aggregateId, payload, ...metadata }),
  );
  return id;
}

/** The data of an endpoint in the response of the request that created it. */
export interface TestEndpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly version: number;
}

interface EndpointFields {
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
}

/** Creates an endpoint through the API. */
export async function buildEndpoint(
  test: TestApp,
  user: TestUser,
  overrides: Partial<EndpointFields> = {},
): Promise<TestEndpoint> {
  const body = { url: 'https://hooks.example.com/strata', events: ['bell.rang'], ...overrides };
  const response = await test.as(user).post('/webhook-endpoints').send(body).expect(201);
  return response.body.data as TestEndpoint;
}

/** A delivery as the owner of its endpoint sees it. */
export interface TestDelivery {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly status: string;
  readonly attempts: number;
  readonly responseStatus: number | null;
  readonly lastError: string | null;
  readonly lastAttemptAt: string | null;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
}

/** Lists the deliveries to an endpoint through the API, newest first. */
export async function deliveriesOf(
  test: TestApp,
  user: TestUser,
  { id }: Pick<TestEndpoint, 'id'>,
): Promise<TestDelivery[]> {
  const response = await test.as(user).get(`/webhook-endpoints/${id}/deliveries`).expect(200);
  return response.body.data as TestDelivery[];
}

/** A waiting delivery job. */
export interface WaitingAttempt {
  readonly id: string;
  readonly payload: { readonly deliveryId: string; readonly attempt: number };
  /** Seconds from the creation of the job until it is due, rounded. */
  readonly delaySeconds: number;
}

export const waitingAttempts = ({ db }: TestApp): Promise<WaitingAttempt[]> =>
  db.query(
    `SELECT id, payload, round(extract(epoch FROM available_at - created_at))::int AS "delaySeconds"
     FROM jobs WHERE name = 'webhooks.deliver' AND status = 'waiting' ORDER BY id`,
  );

/** Runs one delivery attempt as the worker would: outside a transaction. `signal` aborts it. */
export async function runAttempt(
  test: TestApp,
  { id, payload }: Pick<WaitingAttempt, 'id' | 'payload'>,
  signal = new AbortController().signal,
): Promise<void> {
  const handler = test.app.modules.jobs.find(({ definition }) => definition.name === 'webhooks.deliver');
  if (handler === undefined) throw new Error('No module has the job "webhooks.deliver".');
  await handler.handle({ id, payload, attempt: 1, signal, progress: async () => undefined });
}

/** Runs every waiting attempt once, even if it is not due yet. */
export async function runWaitingAttempts(test: TestApp): Promise<void> {
  for (const job of await waitingAttempts(test)) {
    await runAttempt(test, job);
    await test.db.query(`UPDATE jobs SET status = 'done', finished_at = now() WHERE id = $1`, [job.id]);
  }
}
