import { isErrorBody } from './errors.ts';

/** The retry policy of a client. */
export interface RetryOptions {
  /** The maximum number of attempts. The default is 4. */
  readonly attempts?: number;
  /** The first backoff in ms; it doubles with each attempt. The default is 200. */
  readonly pauseMs?: number;
  /** The maximum backoff in ms. A response with a longer `Retry-After` is not retried. The default is 10,000. */
  readonly maxPauseMs?: number;
  /** Replaces the timer in tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

const transientStatuses = new Set([425, 429, 502, 503, 504]);

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Returns `Retry-After` in ms; null if absent. */
function retryAfterMs({ headers }: Response): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  return Number.isFinite(seconds) ? seconds * 1_000 : Math.max(Date.parse(value) - Date.now(), 0);
}

async function isTransient(response: Response): Promise<boolean> {
  if (transientStatuses.has(response.status)) return true;
  if (response.status !== 409) return false;
  // An earlier attempt of the same call is still in progress.
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return isErrorBody(body) && body.code === 'IDEMPOTENCY_IN_FLIGHT';
}

/**
 * Sends a call and retries it after network errors and transient error responses. Throws the last network error.
 * Use it only for idempotent calls.
 */
export async function withRetries(
  send: () => Promise<Response>,
  { attempts = 4, pauseMs = 200, maxPauseMs = 10_000, sleep = sleepFor }: RetryOptions,
  signal: AbortSignal,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= attempts;
    // Add jitter, so that clients refused at the same time do not retry at the same time.
    const backoffMs = Math.min(pauseMs * 2 ** (attempt - 1), maxPauseMs) * (0.5 + Math.random() / 2);
    try {
      const response = await send();
      if (isLast || !(await isTransient(response))) return response;
      const requestedMs = retryAfterMs(response);
      if (requestedMs !== null && requestedMs > maxPauseMs) return response;
      await response.body?.cancel();
      await sleep(requestedMs ?? backoffMs);
    } catch (error) {
      if (isLast || signal.aborted) throw error;
      await sleep(backoffMs);
    }
  }
}
