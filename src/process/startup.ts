import { ConfigError } from '../config/config.ts';

const exitConfig = 78; // EX_CONFIG of sysexits.h

/** Starts a process. On a failure, prints the reason without a stack and exits: with 78 if a setting is invalid, else with 1. */
export function startOrExplain(start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError ? exitConfig : 1);
  });
}
