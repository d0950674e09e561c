import { coreErrors, invalidInput } from '../../core/errors.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import { assertRecentSignIn } from '../../http/recent-sign-in.ts';
import type { Caller } from '../../http/route.ts';
import type { ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import { readEndpointUrl, type UrlRules } from './endpoint-url.ts';
import type { EndpointRepository, NewEndpoint } from './endpoint.repository.ts';
import { makeSecret } from './signature.ts';
import type { WebhookEndpoint } from './webhook-endpoint.model.ts';
import { webhookErrors } from './webhook.errors.ts';
import { webhookMessages } from './webhook.messages.ts';
import type { ChangeEndpointBody, CreateEndpointBody } from './webhook.validation.ts';

interface EndpointServiceDeps {
  readonly endpoints: EndpointRepository;
  readonly users: Users;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly urlRules: UrlRules;
  /** The event types that an endpoint can subscribe to. */
  readonly eventTypes: ReadonlySet<string>;
}

/** An endpoint with its secret, which is shown only once. */
export interface IssuedEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

const maxEndpointsPerUser = 10;

/** Returns true if the changes make events go to a new URL, add event types, or enable the endpoint. */
const sendsMore = (
  before: WebhookEndpoint,
  { url = before.url, events = before.events, isEnabled = before.isEnabled }: Partial<WebhookEndpoint>,
): boolean =>
  url !== before.url ||
  events.some((type) => !before.events.includes(type)) ||
  (isEnabled && !before.isEnabled);

/** Manages the webhook endpoints of users. A user can have up to ten. */
export class EndpointService {
  constructor(private readonly deps: EndpointServiceDeps) {}

  async create(caller: Caller, body: CreateEndpointBody): Promise<IssuedEndpoint> {
    const { endpoints, audit, transaction } = this.deps;
    const { userId } = caller;
    const newEndpoint = this.#buildEndpoint(userId, body);
    const endpoint = await transaction(async () => {
      await this.#assertUnchanged(caller);
      await endpoints.lockFor(userId);
      if ((await endpoints.countFor(userId)) >= maxEndpointsPerUser) throw webhookErrors.tooMany();
      const { id, events } = newEndpoint;
      await audit.record({
        type: 'webhook_endpoints.created',
        subjectId: userId,
        details: { endpointId: id, events },
      });
      return endpoints.insert(newEndpoint);
    });
    return { endpoint, secret: newEndpoint.secret };
  }

  list(userId: string): Promise<WebhookEndpoint[]> {
    return this.deps.endpoints.listFor(userId);
  }

  get(id: string, userId: string): Promise<WebhookEndpoint> {
    return this.deps.endpoints.getById(id, userId);
  }

  /**
   * Changes an endpoint. A new URL, additional event types and enabling require a recent sign-in. Without one, throws
   * `AUTH_RECENT_SIGN_IN_REQUIRED`.
   */
  change(
    id: string,
    caller: Caller,
    body: ChangeEndpointBody,
    expected: ExpectedVersion,
  ): Promise<WebhookEndpoint> {
    const { endpoints, clock, transaction, urlRules } = this.deps;
    if (body.events !== undefined) this.#assertEventTypesExist(body.events);
    const changes = {
      ...body,
      ...(body.url !== undefined && { url: readEndpointUrl(body.url, urlRules) }),
      // Re-enabling resets the failure state.
      ...(body.isEnabled === true && { disabledReason: null, failingSince: null }),
      updatedAt: clock.now(),
    };
    return transaction(async () => {
      await this.#assertUnchanged(caller);
      const before = await endpoints.lockById(id, caller.userId, expected);
      if (sendsMore(before, changes)) assertRecentSignIn(caller, clock.now());
      const endpoint = await endpoints.update(before, changes);
      await this.#record('webhook_endpoints.changed', endpoint, { changed: Object.keys(body) });
      return endpoint;
    });
  }

  /**
   * Replaces the secret. For 24 hours, messages are also signed with the previous secret. Older secrets stop signing
   * immediately.
   */
  rotateSecret(id: string, caller: Caller): Promise<IssuedEndpoint> {
    const { endpoints, transaction } = this.deps;
    const secret = makeSecret();
    return transaction(async () => {
      await this.#assertUnchanged(caller);
      const endpoint = await endpoints.rotate(await endpoints.lockById(id, caller.userId, 'any'), secret);
      await this.#record('webhook_endpoints.rotated', endpoint);
      return { endpoint, secret };
    });
  }

  async remove(id: string, userId: string, expected: ExpectedVersion): Promise<void> {
    const { endpoints, transaction } = this.deps;
    await transaction(async () => {
      const endpoint = await endpoints.lockById(id, userId, expected);
      await endpoints.delete(endpoint.id);
      await this.#record('webhook_endpoints.removed', endpoint);
    });
  }

  /** Deletes every endpoint of a user in the caller's transaction. Returns the number deleted. */
  async removeAllOf(userId: string): Promise<number> {
    const { endpoints } = this.deps;
    const removed = await endpoints.listFor(userId);
    await endpoints.deleteAllOf(userId);
    for (const endpoint of removed) await this.#record('webhook_endpoints.removed', endpoint);
    return removed.length;
  }

  /** Throws if the account was erased or its sessions were revoked since authentication. */
  async #assertUnchanged({ userId, tokenVersion }: Caller): Promise<void> {
    if (!(await this.deps.users.lockActiveAtVersion(userId, tokenVersion)))
      throw coreErrors.unauthenticated();
  }

  #buildEndpoint(userId: string, { url, events, description }: CreateEndpointBody): NewEndpoint {
    const { clock, ids, urlRules } = this.deps;
    this.#assertEventTypesExist(events);
    const now = clock.now();
    return {
      id: ids.next(),
      userId,
      url: readEndpointUrl(url, urlRules),
      description,
      events,
      isEnabled: true,
      disabledReason: null,
      failingSince: null,
      secret: makeSecret(),
      previousExpiresAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
  }

  #assertEventTypesExist(events: readonly string[]): void {
    const { eventTypes } = this.deps;
    const unknown = events.flatMap((type, index) => (eventTypes.has(type) ? [] : [index]));
    if (unknown.length === 0) return;
    const known = [...eventTypes].sort().join(', ');
    throw invalidInput(
      ...unknown.map((index) => ({
        in: 'body' as const,
        path: `events.${index}`,
        rule: 'any.only',
        message: webhookMessages.rules.eventType(known),
      })),
    );
  }

  #record(
    type: string,
    { id, userId }: WebhookEndpoint,
    details: Readonly<Record<string, readonly string[]>> = {},
  ): Promise<void> {
    return this.deps.audit.record({ type, subjectId: userId, details: { endpointId: id, ...details } });
  }
}
