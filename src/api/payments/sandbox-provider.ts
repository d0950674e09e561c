import CircuitBreaker from 'opossum';
import {
  PaymentProviderError,
  type PaymentProvider,
  type PaymentRequest,
  type ProviderPayment,
  type ProviderStatus,
} from './payment-provider.ts';
import type { Logger } from '../../core/ports.ts';
import { fromDecimal, toDecimal } from '../../utils/decimal-money.ts';

/** The URL and API key of the provider. */
export interface ProviderAccess {
  readonly url: string;
  readonly key: string;
}

interface SandboxPaymentsOptions {
  /** The account at the provider. If null, no provider is configured and every call fails as `unavailable`. */
  readonly access: ProviderAccess | null;
  readonly logger: Logger;
  /** The timeout of a call. Default: 2 s. */
  readonly timeoutMs?: number;
  /** How long the circuit stays open. Default: 5 s. */
  readonly resetMs?: number;
}

/** A payment provider with connections to close. */
export interface ClosablePayments extends PaymentProvider {
  close(): Promise<void>;
}

/** The status for each state of a charge at the provider. */
const statusByState: Readonly<Record<string, ProviderStatus>> = {
  holding: 'authorized',
  rejected: 'declined',
  settled: 'captured',
  released: 'voided',
  reversed: 'refunded',
};

// A call that ends with one of these statuses or codes had no effect at the provider.
const noEffectStatuses = [401, 403, 408, 429, 503];
const unreachableCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
}

interface ProviderResponse {
  readonly status: number;
  readonly content: unknown;
}

/** Creates the adapter of the sandbox provider. The adapter translates statuses, amounts and failures. */
export function createSandboxPayments({
  access,
  logger,
  timeoutMs = 2_000,
  resetMs = 5_000,
}: SandboxPaymentsOptions): ClosablePayments {
  const breaker = new CircuitBreaker((call: Call) => send(access, call, timeoutMs), {
    // Disable the timeout of the breaker, because it would leave the call running. `send` has a timeout of its own.
    timeout: false,
    errorThresholdPercentage: 50,
    volumeThreshold: 5,
    resetTimeout: resetMs,
    // Do not count a refusal as a failure, because it is a valid response of a healthy provider.
    errorFilter: (error: unknown) => error instanceof PaymentProviderError && error.failure === 'refused',
  });
  breaker.on('open', () => {
    logger.warn(
      'The payment provider fails too often: the circuit is open, and calls are rejected for a few seconds.',
    );
  });

  const request = async (call: Call): Promise<ProviderResponse> => {
    try {
      return await breaker.fire(call);
    } catch (error) {
      if (error instanceof PaymentProviderError) throw error;
      throw new PaymentProviderError(
        'unavailable',
        'The payment provider fails too often: the circuit is open. Retry later.',
        { cause: error },
      );
    }
  };
  const move = async (reference: string, step: string): Promise<ProviderPayment> => {
    const path = `/charges/${encodeURIComponent(reference)}/${step}`;
    return translate((await request({ method: 'POST', path, key: `${reference}:${step}` })).content);
  };

  return {
    authorize: async ({ reference, amountMinor, currency }: PaymentRequest) => {
      const body = { ref: reference, amount: toDecimal(amountMinor, currency), currency };
      const call: Call = { method: 'POST', path: '/charges', key: `${reference}:hold`, body };
      return translate((await request(call)).content);
    },
    capture: (reference) => move(reference, 'settle'),
    void: (reference) => move(reference, 'release'),
    refund: (reference) => move(reference, 'reverse'),
    find: async (reference) => {
      const { status, content } = await request({
        method: 'GET',
        path: `/charges/${encodeURIComponent(reference)}`,
      });
      return status === 404 ? null : translate(content);
    },
    referenceIn: (notification) => {
      const reference = fieldOf(notification, 'ref');
      return typeof reference === 'string' && reference !== '' ? reference : null;
    },
    close: async () => {
      breaker.shutdown();
    },
  };
}

async function send(
  access: ProviderAccess | null,
  { method, path, key, body }: Call,
  timeoutMs: number,
): Promise<ProviderResponse> {
  if (access === null)
    throw new PaymentProviderError(
      'unavailable',
      'No payment provider is configured: set PAYMENT_PROVIDER_URL.',
    );
  const response = await fetch(access.url.replace(/\/$/, '') + path, {
    method,
    headers: {
      Authorization: `Bearer ${access.key}`,
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
    // Read the body here, so that the timeout covers it.
    .then(async (reply) => ({ status: reply.status, text: await reply.text() }))
    .catch((cause: unknown) => {
      throw new PaymentProviderError(
        unreachableCodes.includes(codeOf(cause)) ? 'unavailable' : 'unknown',
        'The payment provider did not respond.',
        { cause },
      );
    });
  const isAbsent = method === 'GET' && response.status === 404;
  if (response.status >= 400 && !isAbsent) throw failureOf(response);
  return { status: response.status, content: parse(response.text) };
}

function failureOf({ status, text }: { status: number; text: string }): PaymentProviderError {
  const cause = new Error(`Status ${status}: ${text.slice(0, 200)}`);
  if (noEffectStatuses.includes(status))
    return new PaymentProviderError('unavailable', 'The payment provider is unavailable.', { cause });
  return status >= 500
    ? new PaymentProviderError('unknown', 'The payment provider failed.', { cause })
    : new PaymentProviderError('refused', 'The payment provider refused the request.', { cause });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PaymentProviderError('unknown', 'Unexpected response from the payment provider.', { cause });
  }
}

function translate(charge: unknown): ProviderPayment {
  const [state, amount, currency, reason] = ['state', 'amount', 'currency', 'cause'].map((name) =>
    fieldOf(charge, name),
  );
  const status = typeof state === 'string' ? statusByState[state] : undefined;
  const amountMinor =
    typeof amount === 'string' && typeof currency === 'string' ? fromDecimal(amount, currency) : null;
  if (status === undefined || amountMinor === null || typeof currency !== 'string')
    throw new PaymentProviderError('unknown', 'Unexpected response from the payment provider.');
  return { status, amountMinor, currency, ...(typeof reason === 'string' && { reason }) };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/**
 * Returns the system error code at the root of an error of `fetch`, or an empty string. The root is in `cause`, or in
 * the first of `errors`.
 */
function codeOf(error: unknown): string {
  const [code, cause, errors] = ['code', 'cause', 'errors'].map((name) => fieldOf(error, name));
  if (typeof code === 'string') return code;
  const nested: unknown[] = Array.isArray(errors) ? errors : [cause];
  return nested[0] === undefined ? '' : codeOf(nested[0]);
}
