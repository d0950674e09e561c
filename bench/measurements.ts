import type { Latencies } from './load/job.ts';
import type { ServerName } from './options.ts';
import type { Scenario } from './scenarios.ts';

/** What one server did in one round of one scenario. */
export interface Measurement {
  readonly scenario: string;
  readonly server: ServerName;
  readonly round: number;
  /** Of the server's process alone, in all its threads, per request of the closed loop. */
  readonly cpuMicros: number;
  readonly perSecond: number;
  /** At the constant rate. */
  readonly latencies: Latencies;
  /** Of the constant rate. */
  readonly rate: number;
  readonly rssBytes: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

export interface Comparison {
  readonly scenarios: readonly Pick<Scenario, 'id' | 'title' | 'connections'>[];
  readonly servers: readonly ServerName[];
  readonly measurements: readonly Measurement[];
}

/** The measurements of one server in one scenario, one a round. */
export const measurementsOf = (
  { measurements }: Comparison,
  scenario: string,
  server: ServerName,
): Measurement[] =>
  measurements.filter((measurement) => measurement.scenario === scenario && measurement.server === server);
