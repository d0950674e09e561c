import { measurementsOf, type Comparison, type Measurement } from '../measurements.ts';
import type { ServerName } from '../options.ts';
import { figure, mebibytes, missing, quantiles, ratios, withSpread } from './figures.ts';
import { table } from './table.ts';

export const serverTitles = {
  limit: 'node:http + pg',
  express: 'Express 5 + pg',
  fastify: 'Fastify 5 + pg',
  typeorm: 'Express 5 + TypeORM',
  nest: 'NestJS 11 + TypeORM',
  strata: 'Strata',
} as const satisfies Record<ServerName, string>;

const ratioServers = ['limit', 'express', 'typeorm', 'nest'] as const;

/** Returns the comparison tables of all servers. */
export function writeComparison(comparison: Comparison): string[] {
  return [
    '### CPU of the server per request, in µs',
    'User and system time of the server process in a closed loop, as median (minimum–maximum) of all rounds. Ratios compare servers within the same round.',
    cpuTable(comparison),
    '### Requests per second, closed loop',
    'The second column is the number of concurrent requests. Failed requests do not count. PostgreSQL and the load generator share the same cores.',
    paceTable(comparison),
    ...latencies(comparison),
    '### Memory of each server after its last scenario',
    memoryTable(comparison),
    ...failures(comparison),
  ];
}

const titlesOf = ({ servers }: Comparison): string[] => servers.map((name) => serverTitles[name]);

function cpuTable(comparison: Comparison): string {
  const cpu = ({ cpuMicros }: Measurement) => cpuMicros;
  const others = ratioServers.filter((name) => comparison.servers.includes(name));
  const head = ['', ...titlesOf(comparison), ...others.map((name) => `Strata ÷ ${serverTitles[name]}`)];
  const rows = comparison.scenarios.map(({ id, title }) => {
    const of = (server: Measurement['server']) => measurementsOf(comparison, id, server).map(cpu);
    const over = (server: Measurement['server']) => withSpread(ratios(of('strata'), of(server)));
    return [title, ...comparison.servers.map((server) => withSpread(of(server))), ...others.map(over)];
  });
  return table(head, rows);
}

function paceTable(comparison: Comparison): string {
  const pace = ({ perSecond }: Measurement) => perSecond;
  const head = ['', 'concurrent', ...titlesOf(comparison), 'Strata ÷ Express'];
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

function latencies(comparison: Comparison): string[] {
  if (comparison.measurements.every(({ steady }) => steady === undefined)) return [];
  return [
    '### Latency at a constant rate: p50 / p95 / p99 in ms',
    'Measured from the scheduled start of each request. All servers get the same rate, half of the throughput of the slowest. The timer of the load generator has a resolution of 1 ms. Percentiles with too few requests are omitted.',
    latencyTable(comparison),
  ];
}

function latencyTable(comparison: Comparison): string {
  const head = ['', 'per second', ...titlesOf(comparison)];
  const rows = comparison.scenarios.map(({ id, title }) => {
    const rate = measurementsOf(comparison, id, 'strata')[0]?.steady?.rate ?? Number.NaN;
    const of = (server: Measurement['server']) =>
      quantiles(measurementsOf(comparison, id, server).flatMap(({ steady }) => steady?.latencies ?? []));
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

/** Returns the failed requests. They are always reported, because the other figures mean nothing if requests fail. */
function failures({ scenarios, measurements }: Comparison): string[] {
  const failed = measurements.filter((measurement) => measurement.failed > 0);
  if (failed.length === 0) return ['No request failed.'];
  const rows = failed.map(({ scenario, server, round, failed: count, failures: seen }) => {
    const title = scenarios.find(({ id }) => id === scenario)?.title ?? scenario;
    return [title, serverTitles[server], String(round), String(count), seen[0] ?? missing];
  });
  return ['### Failed requests', table(['', 'server', 'round', 'failed', 'first failure'], rows)];
}
