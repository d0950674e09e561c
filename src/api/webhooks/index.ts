import Joi from 'joi';
import { on, type EventDefinition, type DeliveredEvent, type Subscription } from '../../events/events.ts';
import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { optional } from '../../core/schema.ts';
import { auditModule } from '../audit/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule } from '../users/index.ts';
import { accountHooks } from './account-hooks.ts';
import { AttemptService } from './attempt.service.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { DeliveryService } from './delivery.service.ts';
import { EndpointRepository } from './endpoint.repository.ts';
import { EndpointService } from './endpoint.service.ts';
import { CreateWebhooks1763743000000 } from './migrations/1763743000000-create-webhooks.ts';
import { PersonalDataService } from './personal-data.service.ts';
import { bodyColumn, WebhookDelivery } from './webhook-delivery.model.ts';
import { previousSecretColumn, secretColumn, WebhookEndpoint } from './webhook-endpoint.model.ts';
import { WebhookController } from './webhook.controller.ts';
import { deliverWebhook } from './webhook.jobs.ts';
import { webhookRoutes } from './webhook.routes.ts';

// What happens, told to the programs of those whom it concerns: signed, tried for days, and never to a private address.
// Promises at least one arrival of each event at an endpoint that works, under an id that stays the same.

/** A kind of event that people may hear of. */
export interface WebhookEventType<Payload> {
  readonly definition: EventDefinition<Payload>;
  /** What it is called for them, such as `order.paid`; must not change once it is offered. */
  readonly type: string;
  /** Whose event it is; null where it is nobody's. */
  readonly ownerOf: (payload: Payload) => string | null;
  /** What they get to see of it. */
  readonly toPayload: (event: DeliveredEvent<Payload>) => object;
}

/** What other modules may ask of the webhooks. */
export interface Webhooks {
  /** Offers a kind of event to endpoints. What it returns belongs among the `subscriptions` of the module that offers it. */
  registerEventType<Payload>(offer: WebhookEventType<Payload>): Subscription;
}

const managePermissions = ['webhooks:manage'];

export const webhooksModule = defineModule({
  name: 'webhooks',
  path: '/webhook-endpoints',
  entities: [WebhookEndpoint, WebhookDelivery],
  migrations: [CreateWebhooks1763743000000],
  encryptedColumns: [secretColumn, previousSecretColumn, bodyColumn],
  permissions: { 'webhooks:manage': 'Have own events sent to addresses of own choice' },
  grants: { user: managePermissions, manager: managePermissions, admin: managePermissions },
  settings: {
    WEBHOOKS_ALLOW_PRIVATE: optional(
      Joi.boolean().description(
        'Let webhooks reach this machine and private networks. On, but for production: there, only where everybody with an account may reach those anyway.',
      ),
    ),
  },
  create: ({ config, settings, db, cipher, clock, ids, logger, jobs, outgoingHttp, use }) => {
    const [users, audit, mails] = [use(usersModule), use(auditModule), use(mailModule)];
    const { transaction } = db;
    const allowsPrivate = settings.WEBHOOKS_ALLOW_PRIVATE ?? !config.isProduction;
    const offered = new Set<string>();
    const endpoints = new EndpointRepository(db, cipher);
    const deliveries = new DeliveryRepository(db, cipher);
    const urlRules = { allowsHttp: !config.isProduction, allowsPrivate };
    const own = new EndpointService({ endpoints, users, audit, transaction, clock, ids, urlRules, offered });
    const sent = new DeliveryService({ endpoints, deliveries, users, jobs, transaction, clock, ids });
    const attempts = new AttemptService({
      endpoints,
      deliveries,
      users,
      audit,
      mails,
      jobs,
      outgoingHttp,
      transaction,
      clock,
      allowsPrivate,
    });
    const api: Webhooks = {
      registerEventType: ({ definition, type, ownerOf, toPayload }) => {
        if (offered.has(type)) throw new Error(`"${type}" is offered to webhooks twice: rename one.`);
        offered.add(type);
        return on(definition, `webhooks.${type}`, async (event) => {
          const ownerId = ownerOf(event.payload);
          const { id: eventId, occurredAt } = event;
          if (ownerId !== null)
            await sent.enqueueFor(ownerId, { eventId, type, occurredAt, data: toPayload(event) });
        });
      },
    };
    return {
      api,
      routes: webhookRoutes(new WebhookController(own, sent)),
      jobs: [handle(deliverWebhook, (run) => attempts.execute(run))],
      personalData: new PersonalDataService(endpoints, deliveries),
      ...accountHooks(own, deliveries),
      purge: (limit) => deliveries.purge(limit),
      start: async () => {
        if (config.isProduction && allowsPrivate)
          logger.warn('Webhooks reach private addresses: whoever has an account can call what is inside.');
      },
    };
  },
});
