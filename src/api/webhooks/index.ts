import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule } from '../users/index.ts';
import { accountHooks } from './account-hooks.ts';
import { AttemptService } from './attempt.service.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { DeliveryService } from './delivery.service.ts';
import { EndpointRepository } from './endpoint.repository.ts';
import { EndpointService } from './endpoint.service.ts';
import { EventTypeService } from './event-type.service.ts';
import { CreateWebhooks1763743000000 } from './migrations/1763743000000-create-webhooks.ts';
import { PersonalDataService } from './personal-data.service.ts';
import { bodyColumn, WebhookDelivery } from './webhook-delivery.model.ts';
import { previousSecretColumn, secretColumn, WebhookEndpoint } from './webhook-endpoint.model.ts';
import { WebhookController } from './webhook.controller.ts';
import { deliverWebhook } from './webhook.jobs.ts';
import type { Webhooks } from './webhook.api.ts';
import { webhookRoutes } from './webhook.routes.ts';
import { webhookSettings } from './webhook.settings.ts';

// Outgoing webhooks: sends events to the endpoints of the users they belong to, signed, and retries for days.
// Each event is delivered at least once, with the same message id on every attempt. Private addresses are refused in production by default.

export type { WebhookEventType, Webhooks } from './webhook.api.ts';

const managePermissions = ['webhooks:manage'];

export const webhooksModule = defineModule({
  name: 'webhooks',
  path: '/webhook-endpoints',
  entities: [WebhookEndpoint, WebhookDelivery],
  migrations: [CreateWebhooks1763743000000],
  encryptedColumns: [secretColumn, previousSecretColumn, bodyColumn],
  permissions: { 'webhooks:manage': 'Manage your webhook endpoints' },
  grants: { user: managePermissions, manager: managePermissions, admin: managePermissions },
  settings: webhookSettings,
  create: ({ config, settings, db, cipher, clock, ids, logger, jobs, outgoingHttp, use }) => {
    const [users, audit, mails] = [use(usersModule), use(auditModule), use(mailModule)];
    const { transaction } = db;
    const allowsPrivate = settings.WEBHOOKS_ALLOW_PRIVATE ?? !config.isProduction;
    const endpoints = new EndpointRepository(db, cipher);
    const deliveries = new DeliveryRepository(db, cipher);
    const urlRules = { allowsHttp: !config.isProduction, allowsPrivate };
    const shared = { endpoints, deliveries, users, audit, jobs, transaction, clock, ids };
    const deliveryService = new DeliveryService(shared);
    const eventTypes = new EventTypeService(deliveryService);
    const endpointService = new EndpointService({ ...shared, urlRules, eventTypes: eventTypes.types });
    const attempts = new AttemptService({ ...shared, mails, outgoingHttp, allowsPrivate });
    const api: Webhooks = eventTypes;
    return {
      api,
      routes: webhookRoutes(new WebhookController(endpointService, deliveryService)),
      jobs: [handle(deliverWebhook, (run) => attempts.execute(run))],
      personalData: new PersonalDataService(endpoints, deliveries),
      ...accountHooks(endpointService, deliveries),
      purge: (limit) => deliveries.purge(limit),
      start: async () => {
        if (config.isProduction && allowsPrivate)
          logger.warn(
            'WEBHOOKS_ALLOW_PRIVATE is on in production: every user can make this service call private addresses.',
          );
      },
    };
  },
});
