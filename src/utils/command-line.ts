import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Prints a message on standard error and ends the process. */
export function refuse(message: string): never {
  process.stderr.write(`${message.trimEnd()}\n`);
  process.exit(1);
}

/** Returns whether `--help` or `-h` is among the options. */
export const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
};

/** Returns the first sentence of an error that `parseArgs` threw, such as `Unknown option '--color'`. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('. ')[0] ?? '';

/**
 * Reads the command line of a script. `--help` prints the usage and ends the process. An unknown option or argument
 * prints a message and the usage, and ends the process with an error.
 */
export function readCommandLine<T extends ParseArgsConfig>(
  usage: string,
  config: T,
  args: readonly string[] = process.argv.slice(2),
): ReturnType<typeof parseArgs<T>> {
  if (asksForHelp(args)) {
    process.stdout.write(`${usage.trimEnd()}\n`);
    process.exit(0);
  }
  try {
    return parseArgs<T>({ ...config, args: [...args] });
  } catch (error) {
    return refuse(`${reasonOf(error)}.\n${usage}`);
  }
}
