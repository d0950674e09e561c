import { ConfigError } from '../config/config.ts';

const exitConfig = 78; // EX_CONFIG of sysexits.h

/** Starts a process; one that cannot start says why, without a stack, and ends: with 78 where its settings are wrong, else with 1. */
export function startOrExplain(start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError ? exitConfig : 1);
  });
}
