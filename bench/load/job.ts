/** The requests that a job sends. */
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
  /** Sends refresh requests. Each response contains a new cookie, which the next request of the session sends. */
  | { readonly kind: 'refresh'; readonly cookies: readonly string[] }
  | { readonly kind: 'mix'; readonly parts: readonly Traffic[] };

/**
 * `closed`: each connection sends its next request after it has received a response, which measures throughput.
 * `constant`: requests start at fixed times, whether or not earlier ones have ended, which measures latency.
 */
export type Pace =
  | { readonly kind: 'closed'; readonly connections: number }
  | { readonly kind: 'constant'; readonly perSecond: number };

/** A period of load. Its requests go to the origins in turn. */
export interface Job {
  readonly origins: readonly string[];
  readonly traffic: Traffic;
  readonly pace: Pace;
  readonly seconds: number;
}

/** Latencies in ms, counted from the time at which each request should have started. */
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
  /** The first few responses that were not expected. */
  readonly failures: readonly string[];
  /** Maps a status to the latencies of its responses. Status 0 means that there was no response. */
  readonly byStatus: Readonly<Record<number, Latencies>>;
  /** The cookies that are valid after a refresh job. */
  readonly cookies: readonly string[];
}
