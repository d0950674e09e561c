import { Refusal } from './refusal.ts';

/**
 * Returns whether a flag was passed. Also reads npm's environment variables, because npm takes a flag before `--` for
 * itself and sets a variable instead.
 */
export const hasFlag = (option: boolean | undefined, name: 'dry_run' | 'force' | 'yes'): boolean =>
  option === true || process.env[`npm_config_${name}`] === 'true';

const isMisuse = (error: unknown): error is Error =>
  error instanceof Refusal ||
  // This error means that the user pressed Ctrl-C during a prompt.
  (error instanceof Error && error.name === 'ExitPromptError') ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** Prints the error and sets the exit code to 1. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isMisuse(error) ? `${message}\nNothing was changed.\n` : `${message}\n`);
  process.exitCode = 1;
}
