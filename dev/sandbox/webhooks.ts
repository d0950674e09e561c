import { createHmac, randomUUID } from 'node:crypto';

interface WebhookOptions {
  readonly url: string;
  /** The secret in base64, with or without the prefix `whsec_`. */
  readonly secret: string;
  /** Delays before the second attempt, the third, and so on, in milliseconds. */
  readonly retryMs?: readonly number[];
}

const defaultRetryMs = [1_000, 5_000, 30_000, 120_000];
const timeoutMs = 5_000;

/** Sends webhooks that are signed as Standard Webhooks requires. Retries each webhook a few times. */
export class Webhooks {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #key: Buffer;

  constructor(private readonly options: WebhookOptions) {
    this.#key = Buffer.from(options.secret.replace(/^whsec_/, ''), 'base64');
  }

  /** Sends several copies of a webhook. All copies have the same id. */
  send(content: object, copies: number, delayMs: number): void {
    const id = `evt_${randomUUID()}`;
    const body = JSON.stringify(content);
    for (let copy = 0; copy < copies; copy += 1) this.#later(id, body, delayMs, 0);
  }

  /** Cancels all pending webhooks. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #later(id: string, body: string, delayMs: number, attempt: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(id, body, attempt);
    }, delayMs);
    this.#timers.add(timer.unref());
  }

  async #attempt(id: string, body: string, attempt: number): Promise<void> {
    const { url, retryMs = defaultRetryMs } = this.options;
    // Sign each attempt with the current time, because receivers reject old signatures.
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac('sha256', this.#key).update(`${id}.${timestamp}.${body}`).digest('base64');
    const isTaken = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    const pause = retryMs[attempt];
    if (!isTaken && pause !== undefined) this.#later(id, body, pause, attempt + 1);
  }
}
