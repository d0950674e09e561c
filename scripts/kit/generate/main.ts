import { apply, show } from './apply.ts';
import { Failure } from './failure.ts';
import { writeMigration } from './migration.ts';
import { makePlan, readArguments, usage, type Values } from './plan.ts';
import { agree, ask } from './prompts.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

async function migration(name: string, values: Values): Promise<void> {
  if (values['dry-run'] === true)
    throw new Failure(
      'A migration is not tried out: what it would do is seen in the file. Delete it, and its lines in index.ts, to take it back.',
    );
  print(await writeMigration(name, { module: values.module ?? '', isOnly: values.only }));
}

async function run(positionals: readonly string[], values: Values, isAsking: boolean): Promise<void> {
  const [kind, name = ''] = positionals;
  if (kind === 'migration') return migration(name, values);
  const plan = await makePlan(positionals, values);
  if (isAsking || values['dry-run'] === true) show(plan, print);
  if (values['dry-run'] === true || (isAsking && !(await agree()))) return;
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
  const asked = await ask();
  return run(asked.positionals, { ...asked.values, ...values }, true);
}

/** Runs `npm run generate` with these arguments; gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await start(args);
    return 0;
  } catch (error) {
    // Ctrl-C at a prompt.
    if (error instanceof Error && error.name === 'ExitPromptError') return 130;
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message.trimEnd()}\n`);
    return 1;
  }
}
