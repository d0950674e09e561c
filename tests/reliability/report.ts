import { cpus, totalmem } from 'node:os';
import type { Evidence } from './evidence.ts';
import type { PastFault } from './faults/schedule.ts';
import type { Operation, Outcome } from './history.ts';
import type { Invariant, Verdict } from './invariants/invariant.ts';
import type { Options } from './options.ts';

/** An invariant together with the result of checking it in this run. */
export interface CheckedInvariant {
  readonly invariant: Invariant;
  readonly verdict: Verdict;
}

export interface RunFacts {
  readonly options: Options;
  readonly evidence: Evidence;
  readonly judged: readonly CheckedInvariant[];
  readonly postgres: string;
  readonly hasRedis: boolean;
  readonly ownDatabase: boolean;
  readonly tookSeconds: number;
}

const shownViolations = 10;

export const isViolated = ({ verdict }: CheckedInvariant): boolean =>
  'violations' in verdict && verdict.violations.length > 0;

/** Returns the report of a run in Markdown that is easy to read in a terminal too. */
export function writeReport({ options, evidence, judged, ...facts }: RunFacts): string {
  const { history, faults } = evidence;
  const violated = judged.filter(isViolated);
  const unchecked = judged.filter(({ verdict }) => 'notChecked' in verdict);
  return [
    '# Reliability report',
    '',
    `Seed ${options.seed}, ${options.loadSeconds} s of load at ${options.perSecond} scenarios a second, ${facts.tookSeconds} s in all.`,
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL ${facts.postgres}.`,
    ...(facts.hasRedis ? [] : ['', '**Without Redis: its faults were not injected.**']),
    ...(facts.ownDatabase
      ? []
      : ['', '**With an external database server: it was neither restarted nor killed.**']),
    '',
    '## Operations',
    '',
    ...table(['kind', 'ok', 'fail', 'unknown'], operationRows(history.operations)),
    '',
    '## Faults',
    '',
    ...table(['kind', 'times'], faultRows(faults)),
    '',
    '## Invariants',
    '',
    ...table(['', 'promise', 'n', 'violations', '95 % bound'], judged.map(invariantRow)),
    ...violated.flatMap(violationLines),
    '',
    `${judged.length - unchecked.length - violated.length} held, ${violated.length} violated, ${unchecked.length} NOT CHECKED.`,
    ...unchecked.map(({ invariant: { number }, verdict }) =>
      'notChecked' in verdict ? `NOT CHECKED: ${number}, ${verdict.notChecked}.` : '',
    ),
    '',
  ].join('\n');
}

function operationRows(operations: readonly Operation[]): string[][] {
  const counts = new Map<string, Record<Outcome, number>>();
  for (const { kind, outcome } of operations) {
    const row = counts.get(kind) ?? { ok: 0, fail: 0, unknown: 0 };
    row[outcome] += 1;
    counts.set(kind, row);
  }
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  const sum = (outcome: Outcome): number => rows.reduce((total, [, row]) => total + row[outcome], 0);
  return [
    ...rows.map(([kind, { ok, fail, unknown }]) => [kind, `${ok}`, `${fail}`, `${unknown}`]),
    ['all', `${sum('ok')}`, `${sum('fail')}`, `${sum('unknown')}`],
  ];
}

function faultRows(faults: readonly PastFault[]): string[][] {
  const counts = new Map<string, number>();
  for (const { kind } of faults) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const happened = faults.filter(({ kind }) => !kind.endsWith('(prevented)')).length;
  return [
    ...[...counts].sort(([a], [b]) => a.localeCompare(b)).map(([kind, count]) => [kind, `${count}`]),
    ['all injected', `${happened}`],
  ];
}

function invariantRow({ invariant: { number, promise }, verdict }: CheckedInvariant): string[] {
  if ('notChecked' in verdict) return [number, promise, '', 'NOT CHECKED', ''];
  const { checked, violations, note } = verdict;
  const text = note === undefined ? promise : `${promise} (${note})`;
  // Compute an upper bound of the rate with the rule of three: if an event did not occur in n trials, its rate is at
  // most 3/n with 95 % confidence.
  const bound = violations.length > 0 || checked <= 3 ? '' : `< ${((3 / checked) * 100).toPrecision(2)} %`;
  return [number, text, `${checked}`, `${violations.length}`, bound];
}

function violationLines({ invariant: { number, promise }, verdict }: CheckedInvariant): string[] {
  if (!('violations' in verdict)) return [];
  const { violations } = verdict;
  const rest = violations.length - shownViolations;
  return [
    '',
    `### VIOLATED: ${number}, ${promise}`,
    '',
    ...violations.slice(0, shownViolations).map((line) => `- ${line}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)];
}
