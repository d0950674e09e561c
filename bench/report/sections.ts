import type { Facts } from './facts.ts';
import { figure, mebibytes, missing } from './figures.ts';
import { table } from './table.ts';

const seconds = (ms: number): string => `${figure(ms / 1_000)} s`;

/** What was found out beside the comparison, a section each. */
export const writeSections = (facts: Facts): string[] => [
  ...writeStarts(facts),
  ...writeFlood(facts),
  ...writeGrowth(facts),
  ...writeProcesses(facts),
  ...writeMemory(facts),
  ...writeTests(facts),
];

function writeStarts({ starts }: Facts): string[] {
  if (starts === undefined) return [];
  const { builtFirstMs, builtLaterMs, builtLaterCount, devFirstMs, devLaterMs } = starts;
  const rows = [
    ['The built service, first start after the build', seconds(builtFirstMs)],
    [`The built service, median of ${builtLaterCount} more`, seconds(builtLaterMs)],
    [
      'npm run dev, without a database folder: it makes one, migrates and adds demo data',
      seconds(devFirstMs),
    ],
    ['npm run dev, again', seconds(devLaterMs)],
  ];
  return ['## Start', 'From the start of the process until `/health/ready` is 200.', table(['', ''], rows)];
}

function writeFlood({ flood }: Facts): string[] {
  if (flood === undefined) return [];
  const { capacityPerSecond, floodPerSecond, seconds: took, othersPerSecond } = flood;
  const { quiet, flooded, judged, refused, lost } = flood;
  const row = (title: string, { count, p50, p95, p99, max }: typeof judged) => [
    title,
    count.toLocaleString('en'),
    ...[p50, p95, p99, max].map(figure),
  ];
  return [
    '## A flood of sign-ins',
    `The cores can hash ${figure(capacityPerSecond)} passwords a second. For ${took} s there are ${floodPerSecond} sign-ins a second, beside ${othersPerSecond} requests a second for products, lists and orders.`,
    table(
      ['', 'answers', 'p50 ms', 'p95 ms', 'p99 ms', 'slowest ms'],
      [
        row('other routes, quiet', quiet),
        row('other routes, flood', flooded),
        row('sign-ins that were judged', judged),
        row('sign-ins that were sent away (503)', refused),
      ],
    ),
    `Other routes failed ${quiet.failed} times without the flood and ${flooded.failed} times in it; ${lost} sign-ins got another answer or none.`,
  ];
}

function writeGrowth({ growth }: Facts): string[] {
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
    '## Cost as data grows',
    'p50 / p95 in ms, one request after another, on a database of so many products and as many orders; behind the dot the rows that PostgreSQL passed over for one request. **scans** names a table that was gone through without an index, further than a list is counted.',
    table(head, rows),
  ];
}

function writeProcesses({ processes }: Facts): string[] {
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
    '## One process and two',
    'With the same number of connections to the database in all. PostgreSQL and the load run on the same cores.',
    table(['', 'processes', 'requests a second', 'CPU µs per request', 'failed'], rows),
  ];
}

function writeMemory({ memory }: Facts): string[] {
  if (memory === undefined) return [];
  const { minutes, perSecond, requests, failed, samples } = memory;
  const rows = samples.map(({ minute, rssBytes, heapBytes }) => [
    minute.toFixed(1),
    mebibytes(rssBytes),
    mebibytes(heapBytes),
  ]);
  return [
    '## Memory over time',
    `${figure(minutes)} minutes of reads, searches, orders and sign-ins at ${perSecond} a second: ${requests.toLocaleString('en')} requests, ${failed} of them failed.`,
    table(['minute', 'RSS', 'alive after a collection'], rows),
  ];
}

function writeTests({ testsSeconds }: Facts): string[] {
  return testsSeconds === undefined
    ? []
    : ['## Tests', `\`npm test\` took ${figure(testsSeconds)} s, and all passed.`];
}
