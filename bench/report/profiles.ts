import type { PackageTimes } from '../parts/profile.ts';
import { serverTitles } from './comparison.ts';
import { figure, missing } from './figures.ts';
import { table } from './table.ts';

// Omit packages with less time than this, because a profile is not precise enough for them.
const leastMicros = 0.5;

/** Returns a table for each profiled read: self time by package, on each server. */
export function writeProfiles(profiles: readonly PackageTimes[]): string[] {
  const scenarios = [...new Set(profiles.map(({ scenario }) => scenario))];
  return [
    '### Profiles: self time by package, in µs per request',
    'Of the main thread by the clock, without idle time and time that belongs to no function. The profiler itself slows the servers down, so compare the parts with each other. The code of this repository counts by folder.',
    ...scenarios.flatMap((id) => writeScenario(profiles.filter(({ scenario }) => scenario === id))),
  ];
}

function writeScenario(profiles: readonly PackageTimes[]): string[] {
  const names = [...new Set(profiles.flatMap(({ micros }) => [...micros.keys()]))];
  const most = (name: string) => Math.max(...profiles.map(({ micros }) => micros.get(name) ?? 0));
  const shown = names.filter((name) => most(name) >= leastMicros).sort((a, b) => most(b) - most(a));
  const of = (name: string) =>
    profiles.map(({ micros }) => {
      const found = micros.get(name);
      return found === undefined ? missing : figure(found);
    });
  const sums = profiles.map(({ micros }) => figure([...micros.values()].reduce((sum, one) => sum + one, 0)));
  const head = [profiles[0]?.title ?? '', ...profiles.map(({ server }) => serverTitles[server])];
  return [table(head, [...shown.map((name) => [name, ...of(name)]), ['sum of all', ...sums]])];
}
