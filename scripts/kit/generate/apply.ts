import { type Change, describeChanges, Writing } from './changes.ts';
import { generateFiles, runScript } from './run-script.ts';

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

async function carryOut({ changes, migration, hasNewFacts }: Plan, writing: Writing): Promise<string[]> {
  if (migration !== undefined) await writing.guard(`src/api/${migration.module}`);
  await writing.write(changes);
  if (migration === undefined) {
    if (hasNewFacts) await generateFiles();
    return [];
  }
  // Brings the generated files up to date as well.
  const told = await runScript('scripts/generate-migration.ts', migration.name, '--module', migration.module);
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
