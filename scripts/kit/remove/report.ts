import type { Mention } from './mentions.ts';
import type { Plan } from './plan.ts';
import type { Tree } from './tree.ts';

interface Circumstances {
  /** The modules or the language, in words. */
  readonly removed: string;
  readonly isDry: boolean;
  readonly hasGit: boolean;
  /** The result for the development database. */
  readonly databaseNote: string | null;
  /** Lines that still mention what was removed. */
  readonly mentions: readonly Mention[];
}

/** Returns the text that reports a removal or a dry run, with the next steps. */
export function report(
  tree: Tree,
  plan: Plan,
  { removed, isDry, hasGit, databaseNote, mentions }: Circumstances,
): string {
  const deleted = paths(tree, (text) => text === null);
  const changed = paths(tree, (text) => text !== null).filter((path) => !plan.migrations.includes(path));
  const lines = [
    isDry ? `Dry run: would remove ${removed}. Nothing was changed.` : `Removed ${removed}.`,
    ...section('deleted', groupByFolder(deleted)),
    ...section('changed', changed),
    ...section('written', plan.migrations),
    ...section('removed from package.json', plan.packages),
    ...section(
      'remaining mentions, to edit by hand',
      mentions.map(({ path, line, term }) => `${path}:${line} (${term})`),
    ),
    ...(databaseNote === null ? [] : ['', databaseNote]),
    ...(hasGit ? [] : ['', 'This folder has no git history to restore from. Keep a copy.']),
    ...(isDry ? [] : next(plan)),
  ];
  return `${lines.join('\n')}\n`;
}

const paths = (tree: Tree, matches: (text: string | null) => boolean): string[] =>
  [...tree.changes].flatMap(([path, text]) => (matches(text) ? [path] : [])).sort();

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

/** Returns each folder of a module, of tests or of pages with its number of files, and each other file by itself. */
function groupByFolder(files: readonly string[]): string[] {
  const folders = new Map<string, number>();
  for (const file of files) {
    const folder = /^(?:src\/api|tests\/api|tests|src|docs)\/[^/]+\//.exec(file)?.[0] ?? file;
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [...folders].map(([folder, count]) =>
    folder.endsWith('/') ? `${folder} (${count} files)` : folder,
  );
}

const next = ({ modules, migrations, packages }: Plan): string[] => [
  '',
  'next:',
  ...modules.flatMap(({ note }) => (note.afterwards ?? []).map((line) => `  ${line}`)),
  ...(packages.length > 0 ? ['  npm ci'] : []),
  ...(migrations.length > 0 ? ['  npm run db:migrate      (drops the tables and their data)'] : []),
  '  npm run check && npm test',
];
