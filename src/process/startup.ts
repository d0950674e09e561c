import { ConfigError } from '../config/config.ts';

const exitConfig = 78; // EX_CONFIG in sysexits.h

/**
 * Starts a process. If it fails to start, prints the reason without a stack and exits. The exit code is 78 if a setting
 * is invalid, otherwise 1.
 */
export function startOrExplain(start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError ? exitConfig : 1);
  });
}
