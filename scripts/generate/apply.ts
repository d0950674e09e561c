import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Change, describeChanges, Writing } from './changes.ts';
import { Failure } from './failure.ts';
import { root } from './project.ts';

/** What a command would do: files, and what follows from them. */
export interface Plan {
  readonly title: string;
  readonly changes: readonly Change[];
  /** The migration that comes of changed entities. */
  readonly migration?: { readonly name: string; readonly module: string };
  /** Whether the files that are made from the modules change, such as the table of permissions. */
  readonly hasNewFacts: boolean;
  /** What is left to do or to look at, a line each. */
  readonly notes: readonly string[];
}

/** Runs a script in a process of its own, which reads the modules as they now stand on the disk. */
async function runScript(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [told, complained] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return told;
  throw new Failure(
    `${script} ${args.join(' ')} failed, and everything was taken back:\n${complained || told}`,
  );
}

const generateFiles = () => runScript('scripts/generate-files.ts');

async function carryOut({ changes, migration, hasNewFacts }: Plan, writing: Writing): Promise<string[]> {
  if (migration !== undefined) await writing.guard(`src/api/${migration.module}`);
  await writing.write(changes);
  const told =
    migration === undefined
      ? ''
      : await runScript('scripts/generate-migration.ts', migration.name, '--module', migration.module);
  if (hasNewFacts) await generateFiles();
  return /^Written: (.*)$/m.exec(told)?.slice(1) ?? [];
}

/** Does what the plan says, or nothing: what fails half-way, or is interrupted, is taken back. */
export async function apply(plan: Plan, print: (text: string) => void): Promise<void> {
  const writing = new Writing();
  // Ctrl-C ends the process that we wait for, and so brings us to take everything back.
  const wait = () => {};
  process.on('SIGINT', wait).on('SIGTERM', wait);
  try {
    const migrations = await carryOut(plan, writing);
    const more = migrations.map((path) => `  new     ${path}\n`).join('');
    const facts = plan.hasNewFacts ? '  made anew: what `npm run generate:files` makes\n' : '';
    print(
      `${plan.title}\n${describeChanges(plan.changes)}${more}${facts}${plan.notes.map((note) => `- ${note}\n`).join('')}`,
    );
  } catch (error) {
    await writing.takeBack();
    if (plan.hasNewFacts) await generateFiles();
    throw error;
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', wait);
  }
}

/** Says what the plan would do, and does nothing. */
export function show(
  { title, changes, migration, hasNewFacts, notes }: Plan,
  print: (text: string) => void,
): void {
  const later = [
    ...(migration === undefined
      ? []
      : [
          `  new     src/api/${migration.module}/migrations/…-${migration.name} (from what the entities say)\n`,
        ]),
    ...(hasNewFacts ? ['  made anew: what `npm run generate:files` makes\n'] : []),
  ];
  print(
    `${title}: this would be written.\n${describeChanges(changes)}${later.join('')}${notes.map((note) => `- ${note}\n`).join('')}`,
  );
}
