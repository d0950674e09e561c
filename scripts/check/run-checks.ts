import type { Check } from './checks.ts';

export interface Result {
  readonly name: string;
  readonly isOk: boolean;
  readonly output: string;
  readonly seconds: number;
}

export type Run = (args: readonly string[]) => Promise<{ code: number | null; output: string }>;

interface Options {
  readonly run: Run;
  /** How many checks may run at the same time. */
  readonly parallel: number;
  /** Called when a check ends. */
  readonly report: (result: Result) => void;
}

/** Runs all checks, even if one fails. Returns the names of the failed checks. */
export async function runChecks(
  checks: readonly Check[],
  { run, parallel, report }: Options,
): Promise<string[]> {
  const waiting = [...checks];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const began = performance.now();
      const { code, output } = await run(check.args);
      const isOk = code === 0;
      if (!isOk) failed.push(check.name);
      report({ name: check.name, isOk, output, seconds: (performance.now() - began) / 1_000 });
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return failed;
}
