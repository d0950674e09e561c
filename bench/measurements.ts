import type { Latencies } from './load/job.ts';
import type { ServerName } from './options.ts';
import type { Scenario } from './scenarios.ts';

/** The measurements of one server in one round of one scenario. */
export interface Measurement {
  readonly scenario: string;
  readonly server: ServerName;
  readonly round: number;
  /** CPU time of the server process (all threads) per request, in µs. Measured at the pace `closed`. */
  readonly cpuMicros: number;
  readonly perSecond: number;
  /** Latencies at the pace `constant` and its rate in requests per second, unless the run omits them. */
  readonly steady: { readonly rate: number; readonly latencies: Latencies } | undefined;
  readonly rssBytes: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

export interface Comparison {
  readonly scenarios: readonly Pick<Scenario, 'id' | 'title' | 'connections'>[];
  readonly servers: readonly ServerName[];
  readonly measurements: readonly Measurement[];
}

/** Returns the measurements of one server in one scenario, one for each round. */
export const measurementsOf = (
  { measurements }: Comparison,
  scenario: string,
  server: ServerName,
): Measurement[] =>
  measurements.filter((measurement) => measurement.scenario === scenario && measurement.server === server);
