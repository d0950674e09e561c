import { tolerance, type BudgetCheck } from '../budgets.ts';
import { figure } from './figures.ts';
import { table } from './table.ts';

/** Returns the section that compares the ratios with their budgets. */
export function writeBudgets(checks: readonly BudgetCheck[]): string[] {
  const rows = checks.map(({ scenario, budget, ratio, isExceeded }) => [
    scenario,
    figure(budget),
    figure(ratio),
    isExceeded ? '**exceeded**' : 'kept',
  ]);
  return [
    '### Budgets',
    `CPU of Strata ÷ bare Express. A ratio may be ${tolerance * 100} % above its budget in bench/budgets.json.`,
    table(['scenario', 'budget', 'median', ''], rows),
  ];
}
