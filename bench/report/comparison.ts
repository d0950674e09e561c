import { measurementsOf, type Comparison, type Measurement } from '../measurements.ts';
import { figure, mebibytes, missing, quantiles, ratios, withSpread } from './figures.ts';
import { table } from './table.ts';

const serverTitles = {
  limit: 'node:http + pg',
  express: 'Express 5 + pg',
  fastify: 'Fastify 5 + pg',
  strata: 'Strata',
} as const;

/** The tables of all servers side by side. */
export function writeComparison(comparison: Comparison): string[] {
  return [
    '## CPU of the server per request, in µs',
    'User and system time of the server’s process, over a closed loop. In brackets the least and the most of all rounds. The ratios are of each round with itself.',
    cpuTable(comparison),
    '## Requests a second, closed loop',
    'As many at once as the second column says; a request that failed does not count. PostgreSQL and the load have their share of the same cores.',
    paceTable(comparison),
    '## Latency at a constant rate: p50 / p95 / p99 in ms',
    'Counted from the moment that a request was meant to begin, whether the one before it was answered or not. All servers get the same rate, half of what the slowest of them can do. The load’s timer has a grain of 1 ms. Where too few requests were sent to tell a share, it is left out.',
    latencyTable(comparison),
    '## Memory of each server after its last scenario',
    memoryTable(comparison),
    ...failures(comparison),
  ];
}

const titlesOf = ({ servers }: Comparison): string[] => servers.map((name) => serverTitles[name]);

function cpuTable(comparison: Comparison): string {
  const cpu = ({ cpuMicros }: Measurement) => cpuMicros;
  const head = ['', ...titlesOf(comparison), 'Strata ÷ limit', 'Strata ÷ Express'];
  const rows = comparison.scenarios.map(({ id, title }) => {
    const of = (server: Measurement['server']) => measurementsOf(comparison, id, server).map(cpu);
    const over = (server: Measurement['server']) => withSpread(ratios(of('strata'), of(server)));
    return [
      title,
      ...comparison.servers.map((server) => withSpread(of(server))),
      over('limit'),
      over('express'),
    ];
  });
  return table(head, rows);
}

function paceTable(comparison: Comparison): string {
  const pace = ({ perSecond }: Measurement) => perSecond;
  const head = ['', 'at once', ...titlesOf(comparison), 'Strata ÷ Express'];
  const rows = comparison.scenarios.map(({ id, title, connections }) => {
    const of = (server: Measurement['server']) => measurementsOf(comparison, id, server).map(pace);
    return [
      title,
      String(connections),
      ...comparison.servers.map((server) => withSpread(of(server))),
      withSpread(ratios(of('strata'), of('express'))),
    ];
  });
  return table(head, rows);
}

function latencyTable(comparison: Comparison): string {
  const head = ['', 'a second', ...titlesOf(comparison)];
  const rows = comparison.scenarios.map(({ id, title }) => {
    const rate = measurementsOf(comparison, id, 'strata')[0]?.rate ?? Number.NaN;
    const of = (server: Measurement['server']) =>
      quantiles(measurementsOf(comparison, id, server).map(({ latencies }) => latencies));
    return [title, figure(rate), ...comparison.servers.map(of)];
  });
  return table(head, rows);
}

function memoryTable({ servers, measurements }: Comparison): string {
  const rows = servers.map((name) => {
    const last = measurements.findLast(({ server }) => server === name);
    return [serverTitles[name], last === undefined ? missing : mebibytes(last.rssBytes)];
  });
  return table(['', 'RSS'], rows);
}

/** Never left out: figures of requests that failed are figures of something else. */
function failures({ scenarios, measurements }: Comparison): string[] {
  const failed = measurements.filter((measurement) => measurement.failed > 0);
  if (failed.length === 0) return ['Every request was answered as it should be.'];
  const rows = failed.map(({ scenario, server, round, failed: count, failures: seen }) => {
    const title = scenarios.find(({ id }) => id === scenario)?.title ?? scenario;
    return [title, serverTitles[server], String(round), String(count), seen[0] ?? missing];
  });
  return ['## Requests that failed', table(['', 'server', 'round', 'failed', 'the first one'], rows)];
}
