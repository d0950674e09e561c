import type { JobRun, Jobs } from '../../jobs/jobs.ts';
import type { Clock, OutgoingResponse, OutgoingHttp } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { Users } from '../users/index.ts';
import type { DeliveryRepository, DueDelivery, Outcome } from './delivery.repository.ts';
import type { EndpointRepository } from './endpoint.repository.ts';
import { signedHeaders } from './signature.ts';
import { deliverWebhook, type Attempt } from './webhook.jobs.ts';
import { webhookMessages } from './webhook.messages.ts';
import type { DisabledReason } from './webhook.validation.ts';

interface AttemptServiceDeps {
  readonly endpoints: EndpointRepository;
  readonly deliveries: DeliveryRepository;
  readonly users: Users;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly jobs: Jobs;
  readonly outgoingHttp: OutgoingHttp;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly allowsPrivate: boolean;
}

/** The result of a POST: the response, or the reason why there is none. */
type Result = OutgoingResponse | { readonly status: null; readonly reason: string };

const [minute, hour] = [60, 3_600];

/** The delay after each failed attempt except the last: twelve attempts in just under three days. */
export const retryDelaysSeconds: readonly number[] = [
  5,
  minute,
  5 * minute,
  15 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
  16 * hour,
  24 * hour,
];

const timeoutMs = 5_000;
const responseMaxBytes = 64 * 1_024;
const excerptBytes = 1_000;
const gone = 410;

const isDelivered = ({ status }: Result): boolean => status !== null && status >= 200 && status < 300;

// Removes NUL, which PostgreSQL text cannot contain.
const excerptOf = (text: string): string =>
  Buffer.from(text).subarray(0, excerptBytes).toString().replaceAll('\0', '\uFFFD');

function errorOf(result: Result): string | null {
  if (isDelivered(result)) return null;
  return result.status === null
    ? excerptOf(result.reason)
    : `The response status was ${result.status}. ${excerptOf(result.body)}`.trimEnd();
}

function outcomeOf(result: Result, attempt: number): Outcome {
  const common = { responseStatus: result.status, lastError: errorOf(result), delaySeconds: null };
  if (isDelivered(result)) return { ...common, status: 'delivered' };
  const delaySeconds = retryDelaysSeconds[attempt - 1];
  if (delaySeconds === undefined || result.status === gone) return { ...common, status: 'dead' };
  return { ...common, status: 'pending', delaySeconds };
}

/** Runs delivery attempts, one job each, and stores their results. */
export class AttemptService {
  constructor(private readonly deps: AttemptServiceDeps) {}

  /**
   * Sends the message and stores the result. Does nothing if this attempt was made before or the delivery was deleted.
   */
  async execute({ payload: { deliveryId, attempt }, signal }: JobRun<Attempt>): Promise<void> {
    const { deliveries, transaction } = this.deps;
    const delivery = await deliveries.findDue(deliveryId, attempt);
    if (delivery === null) return;
    if (!delivery.isEnabled) {
      const lastError = 'The endpoint was disabled.';
      await deliveries.recordOutcome(deliveryId, attempt, {
        status: 'dead',
        responseStatus: null,
        lastError,
        delaySeconds: null,
      });
      return;
    }
    const result = await this.#post(delivery, signal);
    await transaction(() => this.#recordResult(delivery, attempt, result));
  }

  async #post({ eventId, endpointId, url, body }: DueDelivery, signal: AbortSignal): Promise<Result> {
    const { endpoints, outgoingHttp, clock, allowsPrivate } = this.deps;
    const secrets = await endpoints.secretsOf(endpointId);
    if (secrets.length === 0) return { status: null, reason: 'The endpoint was removed.' };
    const signed = signedHeaders({ eventId, body }, clock.now(), secrets);
    const headers = { 'Content-Type': 'application/json', 'User-Agent': 'strata-webhooks', ...signed };
    try {
      return await outgoingHttp.post({
        url,
        headers,
        body,
        timeoutMs,
        responseMaxBytes,
        allowsPrivate,
        signal,
      });
    } catch (error) {
      // If the process is stopping, let the job run again instead of counting a failure.
      if (signal.aborted) throw error;
      return { status: null, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async #recordResult({ id, endpointId }: DueDelivery, attempt: number, result: Result): Promise<void> {
    const { deliveries, endpoints, jobs } = this.deps;
    const outcome = outcomeOf(result, attempt);
    if (!(await deliveries.recordOutcome(id, attempt, outcome))) return;
    const { status, delaySeconds } = outcome;
    if (status === 'delivered') {
      await endpoints.recordSuccess(endpointId);
      return;
    }
    if (delaySeconds !== null)
      await jobs.enqueue(deliverWebhook, { deliveryId: id, attempt: attempt + 1 }, { delaySeconds });
    const hasFailedTooLong = await endpoints.recordFailure(endpointId);
    if (result.status === gone) await this.#disable(endpointId, 'gone');
    else if (hasFailedTooLong) await this.#disable(endpointId, 'failing');
  }

  async #disable(endpointId: string, reason: DisabledReason): Promise<void> {
    const { endpoints, users, audit, mails } = this.deps;
    const endpoint = await endpoints.disable(endpointId, reason);
    if (endpoint === null) return;
    const { userId, url } = endpoint;
    await audit.record({
      type: 'webhook_endpoints.disabled',
      subjectId: userId,
      actorId: null,
      details: { endpointId, reason },
    });
    const owner = await users.findById(userId);
    if (owner !== null) await mails.send(owner, webhookMessages.mails.endpointDisabled, { url, reason });
  }
}
