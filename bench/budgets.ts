import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { median } from './load/statistics.ts';
import { measurementsOf, type Comparison } from './measurements.ts';
import { budgetScenarios } from './options.ts';
import { ratios } from './report/figures.ts';

/** The CPU per request of the service ÷ bare Express, by scenario, for each major version of Node. */
export type Budgets = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The comparison of a ratio with its budget. */
export interface BudgetCheck {
  readonly scenario: string;
  readonly budget: number;
  readonly ratio: number;
  readonly isExceeded: boolean;
}

const file = join(import.meta.dirname, 'budgets.json');
/** A ratio may exceed its budget by this share, because runs differ by a few percent. */
export const tolerance = 0.15;

export const readBudgets = async (): Promise<Budgets> => JSON.parse(await readFile(file, 'utf8')) as Budgets;

const majorOf = (version: string): string => version.split('.')[0] ?? version;

/** Returns the budgets of a Node version. Throws if there are none. */
export function budgetsOf(budgets: Budgets, version: string): Readonly<Record<string, number>> {
  const found = budgets[majorOf(version)];
  if (found !== undefined) return found;
  throw new Error(
    `bench/budgets.json has no budgets for Node ${majorOf(version)}, only for ${Object.keys(budgets).join(', ')}. Add them: npm run bench -- --aims --update-budgets --node ${majorOf(version)}`,
  );
}

/** Returns the median of the CPU ratios of each scenario that the comparison contains. */
export function cpuRatios(comparison: Comparison): Map<string, number> {
  const cpu = (scenario: string, server: 'express' | 'strata') =>
    measurementsOf(comparison, scenario, server).map(({ cpuMicros }) => cpuMicros);
  return new Map(
    budgetScenarios.flatMap((scenario) => {
      const values = ratios(cpu(scenario, 'strata'), cpu(scenario, 'express'));
      return values.length === 0 ? [] : [[scenario, median(values)] as const];
    }),
  );
}

/** Compares ratios with their budgets. Throws if no ratio has one. */
export function checkBudgets(
  found: ReadonlyMap<string, number>,
  budgets: Readonly<Record<string, number>>,
): BudgetCheck[] {
  const checks = [...found].flatMap(([scenario, ratio]) => {
    const budget = budgets[scenario];
    if (budget === undefined) return [];
    return [{ scenario, budget, ratio, isExceeded: ratio > budget * (1 + tolerance) }];
  });
  if (checks.length === 0)
    throw new Error(`No scenario with a budget was measured: ${Object.keys(budgets).join(', ')}.`);
  return checks;
}

/** Returns the budgets with the ratios of a Node version, rounded up to two digits. */
export function withRatios(budgets: Budgets, version: string, found: ReadonlyMap<string, number>): Budgets {
  const major = majorOf(version);
  const updated: Record<string, number> = { ...budgets[major] };
  for (const [scenario, ratio] of found) updated[scenario] = Math.ceil(ratio * 100) / 100;
  return { ...budgets, [major]: updated };
}

export async function writeBudgets(budgets: Budgets): Promise<void> {
  const options = { ...(await resolveConfig(file)), parser: 'json' };
  await writeFile(file, await format(JSON.stringify(budgets, null, 2), options));
}
