import type { NodeFacts } from './facts.ts';
import { figure, mebibytes, missing, ratios, withSpread } from './figures.ts';
import { statusesOf } from './targets.ts';
import { table } from './table.ts';

const seconds = (ms: number): string => `${figure(ms / 1_000)} s`;

/** Returns one section for each part except the comparison. */
export const writeSections = (facts: NodeFacts): string[] => [
  ...writeStarts(facts),
  ...writeFlood(facts),
  ...writeGrowth(facts),
  ...writeProcesses(facts),
  ...writeWriters(facts),
  ...writeContention(facts),
  ...writeMemory(facts),
  ...writeTests(facts),
];

function writeStarts({ starts }: NodeFacts): string[] {
  if (starts === undefined) return [];
  const { builtFirstMs, builtLaterMs, builtLaterCount, devFirstMs, devLaterMs } = starts;
  const rows = [
    ['Built service, first start after the build', seconds(builtFirstMs)],
    [`Built service, median of ${builtLaterCount} later starts`, seconds(builtLaterMs)],
    ['npm run dev, first start with creating, migrating and seeding the database', seconds(devFirstMs)],
    ['npm run dev, second start', seconds(devLaterMs)],
  ];
  return [
    '### Start',
    'Time from the start of the process until `/health/ready` returns 200.',
    table(['', ''], rows),
  ];
}

function writeFlood({ flood }: NodeFacts): string[] {
  if (flood === undefined) return [];
  const { capacityPerSecond, floodPerSecond, seconds: took, othersPerSecond } = flood;
  const { quiet, flooded, processed, rejected, other } = flood;
  const row = (title: string, { count, p50, p95, p99, max }: typeof processed) => [
    title,
    count.toLocaleString('en'),
    ...[p50, p95, p99, max].map(figure),
  ];
  return [
    '### Flood of sign-ins',
    `The machine can hash ${figure(capacityPerSecond)} passwords per second. The flood is ${floodPerSecond} sign-ins per second for ${took} s, alongside ${othersPerSecond} requests per second for products, lists and orders.`,
    table(
      ['', 'responses', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms'],
      [
        row('other routes, without flood', quiet),
        row('other routes, during the flood', flooded),
        row('processed sign-ins', processed),
        row('rejected sign-ins (503)', rejected),
      ],
    ),
    `Other routes failed ${quiet.failed} times without the flood and ${flooded.failed} times during it. ${other} sign-ins had another response or none.`,
  ];
}

function writeGrowth({ growth }: NodeFacts): string[] {
  if (growth === undefined) return [];
  const sizes = [...new Set(growth.map(({ rows }) => rows))];
  const titles = [...new Set(growth.map(({ title }) => title))];
  const rows = titles.map((title) => [
    title,
    ...sizes.map((size) => {
      const found = growth.find((grown) => grown.title === title && grown.rows === size);
      if (found === undefined) return missing;
      const { p50, p95, count, failed } = found.outcome;
      const scanned = found.scanned.map((name) => `, **scans ${name}**`);
      const times = `${figure(p50)} / ${figure(p95)} · ${figure(found.rowsRead)}${scanned.join('')}`;
      return failed === 0 ? times : `${times}, **${failed} of ${count} failed**`;
    }),
  ]);
  const head = ['', ...sizes.map((size) => `${size.toLocaleString('en')} rows`)];
  return [
    '### Cost as data grows',
    'p50 / p95 in ms of sequential requests, by the number of products and of orders. After the dot: rows that PostgreSQL read per request. **scans** marks a table with a sequential scan of more rows than a list counts.',
    table(head, rows),
  ];
}

function writeProcesses({ processes }: NodeFacts): string[] {
  if (processes === undefined) return [];
  const spread = ({ median, min, max }: (typeof processes)[number]['perSecond']) =>
    `${figure(median)} (${figure(min)}–${figure(max)})`;
  const rows = processes.map(({ title, processes: count, perSecond, cpuMicros, failed }) => [
    title,
    String(count),
    spread(perSecond),
    spread(cpuMicros),
    String(failed),
  ]);
  return [
    '### One process and two',
    'With the same total number of database connections. PostgreSQL and the load generator share the same cores.',
    table(['', 'processes', 'requests per second', 'CPU µs per request', 'failed'], rows),
  ];
}

function writeWriters({ writers }: NodeFacts): string[] {
  if (writers === undefined) return [];
  const { writers: count, rounds, notifications, failed } = writers;
  const waking = rounds.map((round) => round.waking);
  const silent = rounds.map((round) => round.silent);
  return [
    '### Wake-ups of workers',
    `${count} writers place orders with one event each. After the commit, the service notifies the workers, or it does not. PostgreSQL sent ${notifications.toLocaleString('en')} notifications; ${failed} orders failed.`,
    table(
      ['', 'orders per second'],
      [
        ['with wake-ups', withSpread(waking)],
        ['without', withSpread(silent)],
        ['ratio', withSpread(ratios(waking, silent))],
      ],
    ),
  ];
}

function writeContention({ contention }: NodeFacts): string[] {
  if (contention === undefined) return [];
  const { connections, hot, buyers, pieces, bursts } = contention;
  const row = ({ byStatus, seconds: took }: (typeof bursts)[number], index: number) => [
    `burst ${index + 1}`,
    statusesOf(byStatus),
    figure(took),
  ];
  return [
    '### One product in demand',
    `${connections} connections order the same product, in a closed loop:`,
    table(
      ['processes', 'orders per second', 'failed'],
      hot.map(({ processes, perSecond, failed }) => [
        String(processes),
        withSpread(perSecond),
        String(failed),
      ]),
    ),
    `${buyers} buyers order one of ${pieces} pieces at one moment, through two processes:`,
    table(['', 'responses', 'seconds'], bursts.map(row)),
  ];
}

function writeMemory({ memory }: NodeFacts): string[] {
  if (memory === undefined) return [];
  const { minutes, perSecond, requests, failed, samples } = memory;
  const rows = samples.map(({ minute, rssBytes, heapBytes }) => [
    minute.toFixed(1),
    mebibytes(rssBytes),
    mebibytes(heapBytes),
  ]);
  return [
    '### Memory over time',
    `${figure(minutes)} minutes of reads, searches, orders and sign-ins at ${perSecond} requests per second: ${requests.toLocaleString('en')} requests, ${failed} failed.`,
    table(['minute', 'RSS', 'live heap'], rows),
  ];
}

function writeTests({ testsSeconds, generateCpuSeconds }: NodeFacts): string[] {
  const tests = testsSeconds === undefined ? [] : [`\`npm test\` passed in ${figure(testsSeconds)} s.`];
  const generate =
    generateCpuSeconds === undefined
      ? []
      : [`Generating a module took ${figure(generateCpuSeconds)} s of CPU time.`];
  return tests.length + generate.length === 0 ? [] : ['### Tests and generators', ...tests, ...generate];
}
