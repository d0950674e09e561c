import { format, resolveConfig } from 'prettier';
import { isWhole } from '../options.ts';
import { judgeAims } from './aims.ts';
import { writeComparison } from './comparison.ts';
import type { Facts } from './facts.ts';
import { figure, missing } from './figures.ts';
import { writeSections } from './sections.ts';
import { table } from './table.ts';

const busyShare = 0.5;

/** The whole of a run as Markdown, in the format of the clone. */
export async function writeResults(facts: Facts, file: string): Promise<string> {
  const { comparison } = facts;
  const blocks = [
    '# Results of the bench',
    'Written by `npm run bench`, and by nothing else; [docs/performance.md](../docs/performance.md) says how it measures.',
    ...writeWarnings(facts),
    '## The aims',
    aimTable(facts),
    '## The machine',
    machineTable(facts),
    ...(comparison === undefined ? [] : writeComparison(comparison)),
    ...writeSections(facts),
  ];
  return format(blocks.join('\n\n'), { ...(await resolveConfig(file)), parser: 'markdown' });
}

function writeWarnings({ options, machine, failedParts }: Facts): string[] {
  const warnings: string[] = [];
  if (options.isQuick)
    warnings.push('**A quick run: few rounds of a second each, on fewer rows. Good for a first look.**');
  else if (!isWhole(options)) warnings.push('**A part of what there is to measure, or less of it.**');
  if (machine.loadBefore > machine.cores * busyShare)
    warnings.push(
      `**The machine was busy with something else (load ${figure(machine.loadBefore)} on ${machine.cores} cores): throughput and latency say little.**`,
    );
  for (const { name, reason } of failedParts) warnings.push(`**"${name}" could not be measured: ${reason}**`);
  return warnings;
}

function aimTable(facts: Facts): string {
  const rows = judgeAims(facts).map(({ title, wanted, figure: found, isReached }) => [
    title,
    wanted,
    found ?? missing,
    isReached === undefined ? 'not measured in this run' : isReached ? 'reached' : '**not reached**',
  ]);
  return table(['Aim', 'wanted', 'found', ''], rows);
}

function machineTable({ machine, options, poolMax, startedAt, tookSeconds, seededInSeconds }: Facts): string {
  const pairs = (values: readonly (readonly [string, string])[]) =>
    values.map(([name, value]) => `${name} ${value}`).join(', ');
  const rows = options.rows.toLocaleString('en');
  const seeded =
    seededInSeconds === null ? 'kept from an earlier run' : `seeded in ${figure(seededInSeconds)} s`;
  return table(
    ['', ''],
    [
      ['Processor', `${machine.cpu}, ${machine.cores} cores`],
      ['Memory', `${figure(machine.memoryGiB)} GiB`],
      ['System', machine.os],
      ['Load before the run', figure(machine.loadBefore)],
      ['Versions', pairs(machine.versions)],
      ['Commit', machine.commit],
      ['Database', `${rows} products, ${rows} orders, ${seeded}; ${pairs(machine.database)}`],
      ['Connections to it', `${poolMax} for each server`],
      ['Rounds', `${options.rounds}, each server ${figure(options.seconds)} s at each pace`],
      ['Run', `${startedAt.toISOString()}, ${figure(tookSeconds / 60)} min`],
    ],
    'texts',
  );
}
