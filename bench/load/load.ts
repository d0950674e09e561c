import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, Latencies, Outcome } from './job.ts';
import { ConstantRate } from './rate.ts';
import { createRequests, type Request, type Requests } from './requests.ts';
import { percentile } from './statistics.ts';

// Generates the load in a separate process, so that it does not use the event loop of a server.

const shownFailures = 3;
// The limit is so high that a request waits for a connection only if the service is overloaded.
const connectionsMax = 512;
const unansweredMs = 30_000;
// Start due requests as often as possible: a timer of Node cannot have a shorter delay.
const tickMs = 1;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

function send(agent: Agent, origin: URL, { method, path, headers, body }: Request): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve({ status: 0, headers: {}, text: error.message });
    const sent = httpRequest(
      { agent, host: origin.hostname, port: origin.port, method, path, headers, timeout: unansweredMs },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          // A function, so that the body is converted to text only if the response was not expected.
          const text = () => Buffer.concat(chunks).toString().slice(0, 300);
          const status = response.statusCode ?? 0;
          resolve({ status, headers: response.headers, text: status < 300 ? '' : text() });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`No response within ${unansweredMs / 1_000} s.`)));
    sent.on('error', fail);
    sent.end(body);
  });
}

/** Collects the outcomes of the requests. */
class Tally {
  readonly #latencies = new Map<number, number[]>();
  readonly #failures: string[] = [];
  #failed = 0;

  add(status: number, ms: number): void {
    const known = this.#latencies.get(status);
    if (known === undefined) this.#latencies.set(status, [ms]);
    else known.push(ms);
  }

  fail(what: string): void {
    this.#failed += 1;
    if (this.#failures.length < shownFailures) this.#failures.push(what);
  }

  outcome(seconds: number, cookies: readonly string[]): Outcome {
    const all = [...this.#latencies.values()].flat();
    const byStatus = Object.fromEntries(
      [...this.#latencies].map(([status, values]) => [status, latenciesOf(values)]),
    );
    const failures = this.#failures;
    return { ...latenciesOf(all), seconds, failed: this.#failed, failures, byStatus, cookies };
  }
}

const latenciesOf = (values: readonly number[]): Latencies => ({
  count: values.length,
  p50: percentile(values, 0.5),
  p95: percentile(values, 0.95),
  p99: percentile(values, 0.99),
  max: percentile(values, 1),
});

class Run {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
  readonly #origins: readonly URL[];
  readonly #requests: Requests;
  readonly #tally = new Tally();
  #sent = 0;

  constructor(private readonly job: Job) {
    this.#origins = job.origins.map((origin) => new URL(origin));
    this.#requests = createRequests(job.traffic);
  }

  async run(): Promise<Outcome> {
    const { pace } = this.job;
    const startedAt = performance.now();
    if (pace.kind === 'closed') await this.#closed(pace.connections, startedAt);
    else await this.#constant(new ConstantRate(pace.perSecond), startedAt);
    const seconds = (performance.now() - startedAt) / 1_000;
    this.#agent.destroy();
    return this.#tally.outcome(seconds, this.#requests.cookies());
  }

  async #closed(connections: number, startedAt: number): Promise<void> {
    const endsAt = startedAt + this.job.seconds * 1_000;
    const worker = async () => {
      while (performance.now() < endsAt) await this.#ask(performance.now());
    };
    await Promise.all(Array.from({ length: connections }, worker));
  }

  async #constant(rate: ConstantRate, startedAt: number): Promise<void> {
    const total = rate.dueBy(this.job.seconds * 1_000) - 1;
    const sent: Promise<void>[] = [];
    while (sent.length < total) {
      const due = Math.min(total, rate.dueBy(performance.now() - startedAt));
      while (sent.length < due) sent.push(this.#ask(startedAt + rate.intendedMs(sent.length)));
      await sleep(tickMs);
    }
    await Promise.all(sent);
  }

  /**
   * Sends a request. Its latency counts from the time at which it should have started, because a real client would have
   * to wait too.
   */
  async #ask(intendedAt: number): Promise<void> {
    const request = await this.#requests.next();
    const origin = this.#origins[this.#sent++ % this.#origins.length];
    if (origin === undefined) throw new Error('A job needs an origin.');
    const { status, headers, text } = await send(this.#agent, origin, request);
    this.#tally.add(status, performance.now() - intendedAt);
    request.answered?.(status, headers);
    if (status !== request.expected) this.#tally.fail(`${request.method} ${request.path}: ${status} ${text}`);
  }
}

process.on('message', (job: Job) => {
  new Run(job).run().then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      throw error;
    },
  );
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
