import { isErrorBody } from './errors.ts';

/** How often, and how patiently, a call is repeated that may be repeated. */
export interface RetryOptions {
  /** Attempts in all; 4 unless given. */
  readonly attempts?: number;
  /** The first pause in ms, which doubles each time; 200 unless given. */
  readonly pauseMs?: number;
  /** The longest pause in ms; an answer that asks for a longer one is final. 10,000 unless given. */
  readonly maxPauseMs?: number;
  /** For tests. */
  readonly sleep?: (ms: number) => Promise<void>;
}

const passing = new Set([425, 429, 502, 503, 504]);

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What `Retry-After` asks for, in ms; null where it is absent. */
function askedPauseMs({ headers }: Response): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  return Number.isFinite(seconds) ? seconds * 1_000 : Math.max(Date.parse(value) - Date.now(), 0);
}

async function isPassing(response: Response): Promise<boolean> {
  if (passing.has(response.status)) return true;
  if (response.status !== 409) return false;
  // The same call is still being carried out.
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return isErrorBody(body) && body.code === 'IDEMPOTENCY_IN_FLIGHT';
}

/**
 * Sends a call until it has an answer that repeating it would not change. Throws the last network error when there is
 * none in time. Only for calls whose repetition does no harm.
 */
export async function withRetries(
  send: () => Promise<Response>,
  { attempts = 4, pauseMs = 200, maxPauseMs = 10_000, sleep = sleepFor }: RetryOptions,
  signal: AbortSignal,
): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt >= attempts;
    // Not all at once: who was refused together would come back together.
    const ownPauseMs = Math.min(pauseMs * 2 ** (attempt - 1), maxPauseMs) * (0.5 + Math.random() / 2);
    try {
      const response = await send();
      if (isLast || !(await isPassing(response))) return response;
      const asked = askedPauseMs(response);
      if (asked !== null && asked > maxPauseMs) return response;
      await response.body?.cancel();
      await sleep(asked ?? ownPauseMs);
    } catch (error) {
      if (isLast || signal.aborted) throw error;
      await sleep(ownPauseMs);
    }
  }
}
