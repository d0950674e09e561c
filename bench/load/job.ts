/** What is asked of a service. */
export type Traffic =
  | { readonly kind: 'get'; readonly paths: readonly string[]; readonly tokens: readonly string[] }
  | {
      readonly kind: 'order';
      readonly productIds: readonly string[];
      readonly tokens: readonly string[];
      readonly lines: number;
    }
  | {
      readonly kind: 'login';
      readonly emails: readonly string[];
      readonly password: string;
      readonly expected: number;
    }
  /** Each cookie is exchanged for its successor, which the next request of that session comes with. */
  | { readonly kind: 'refresh'; readonly cookies: readonly string[] }
  | { readonly kind: 'mix'; readonly parts: readonly Traffic[] };

/**
 * `closed`: each of so many connections sends its next request when it has its answer, which shows what a service can do.
 * `constant`: requests begin at their times whether answers have come or not, which shows what callers wait.
 */
export type Pace =
  | { readonly kind: 'closed'; readonly connections: number }
  | { readonly kind: 'constant'; readonly perSecond: number };

/** One stretch of load, shared out to the origins in turn. */
export interface Job {
  readonly origins: readonly string[];
  readonly traffic: Traffic;
  readonly pace: Pace;
  readonly seconds: number;
}

/** How answers came, in ms from the moment that each was meant to be asked for. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What came of a job. */
export interface Outcome extends Latencies {
  /** From the first request to the last answer. */
  readonly seconds: number;
  readonly failed: number;
  /** The first few answers that were not as expected. */
  readonly failures: readonly string[];
  /** Status → its latencies; 0 stands for no answer at all. */
  readonly byStatus: Readonly<Record<number, Latencies>>;
  /** The cookies to go on with, where sessions were refreshed. */
  readonly cookies: readonly string[];
}
