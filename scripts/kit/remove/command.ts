import { Refusal } from './refusal.ts';

/** Whether an option was given. Before `--`, npm takes what it knows for itself, and says so in the environment alone. */
export const wasAsked = (option: boolean | undefined, name: 'dry_run' | 'force' | 'yes'): boolean =>
  option === true || process.env[`npm_config_${name}`] === 'true';

const isMisuse = (error: unknown): error is Error =>
  error instanceof Refusal ||
  // Ctrl-C at a question.
  (error instanceof Error && error.name === 'ExitPromptError') ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** Says why nothing was done, and has the process end with 1. */
export function reportFailure(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isMisuse(error) ? `${message}\nNothing was touched.\n` : `${message}\n`);
  process.exitCode = 1;
}
