import { apply, preview } from './apply.ts';
import { Failure } from './failure.ts';
import { writeMigration } from './migration.ts';
import { makePlan, readArguments, usage, type Values } from './plan.ts';
import { confirmWrite, ask } from './prompts.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

async function migration(name: string, values: Values): Promise<void> {
  if (values['dry-run'] === true)
    throw new Failure(
      '--dry-run does not apply to migrations. Read the generated file; to undo it, delete it and its lines in index.ts.',
    );
  print(await writeMigration(name, { module: values.module ?? '', isOnly: values.only }));
}

async function run(positionals: readonly string[], values: Values, isInteractive: boolean): Promise<void> {
  const [kind, name = ''] = positionals;
  if (kind === 'migration') return migration(name, values);
  const plan = await makePlan(positionals, values);
  if (isInteractive || values['dry-run'] === true) preview(plan, print);
  if (values['dry-run'] === true || (isInteractive && !(await confirmWrite()))) return;
  await apply(plan, print);
}

async function start(args: readonly string[]): Promise<void> {
  const { positionals, values } = readArguments(args);
  if (values.help === true) {
    print(usage);
    return;
  }
  if (positionals.length > 0) return run(positionals, values, false);
  if (!process.stdin.isTTY) throw new Failure(usage);
  const command = await ask();
  return run(command.positionals, { ...command.values, ...values }, true);
}

/** Runs `npm run generate` with these arguments and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await start(args);
    return 0;
  } catch (error) {
    // This error means that the user pressed Ctrl-C during a prompt.
    if (error instanceof Error && error.name === 'ExitPromptError') return 130;
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message.trimEnd()}\n`);
    return 1;
  }
}
