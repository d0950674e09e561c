/** The requests of a job. */
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
  /** Exchanges each cookie for its successor, which the session's next request sends. */
  | { readonly kind: 'refresh'; readonly cookies: readonly string[] }
  | { readonly kind: 'mix'; readonly parts: readonly Traffic[] };

/**
 * `closed`: each connection sends its next request after the previous response, which measures throughput.
 * `constant`: requests start on schedule regardless of responses, which measures latency.
 */
export type Pace =
  | { readonly kind: 'closed'; readonly connections: number }
  | { readonly kind: 'constant'; readonly perSecond: number };

/** A period of load, distributed round-robin over the origins. */
export interface Job {
  readonly origins: readonly string[];
  readonly traffic: Traffic;
  readonly pace: Pace;
  readonly seconds: number;
}

/** Latencies in ms, counted from the scheduled start of each request. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The result of a job. */
export interface Outcome extends Latencies {
  /** The time from the first request to the last response. */
  readonly seconds: number;
  readonly failed: number;
  /** The first few unexpected responses. */
  readonly failures: readonly string[];
  /** Latencies by status; 0 means no response. */
  readonly byStatus: Readonly<Record<number, Latencies>>;
  /** The current refresh cookies after a refresh job. */
  readonly cookies: readonly string[];
}
