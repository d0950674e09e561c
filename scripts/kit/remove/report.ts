import { inWords } from './choose.ts';
import type { Mention } from './mentions.ts';
import type { Plan } from './plan.ts';
import type { Tree } from './tree.ts';

interface Circumstances {
  readonly isDry: boolean;
  readonly hasGit: boolean;
  /** What became of the database of this machine. */
  readonly aside: string | null;
  /** The mentions of the removed modules that are left. */
  readonly mentions: readonly Mention[];
}

/** What a removal did, or would do, and what to do next; ends with a line break. */
export function report(tree: Tree, plan: Plan, { isDry, hasGit, aside, mentions }: Circumstances): string {
  const names = inWords(plan.modules.map(({ name }) => name));
  const deleted = paths(tree, (text) => text === null);
  const changed = paths(tree, (text) => text !== null).filter((path) => !plan.migrations.includes(path));
  const lines = [
    isDry ? `Would remove ${names}. Nothing was touched.` : `Removed ${names}.`,
    ...section('deleted', folded(deleted)),
    ...section('changed', changed),
    ...section('written', plan.migrations),
    ...section('no longer needed, taken out of package.json', plan.packages),
    ...section(
      'still mentioned, change these by hand',
      mentions.map(({ path, line, term }) => `${path}:${line} (${term})`),
    ),
    ...(aside === null ? [] : ['', aside]),
    ...(hasGit ? [] : ['', 'There is no git here that could bring this back: keep a copy.']),
    ...(isDry ? [] : next(plan)),
  ];
  return `${lines.join('\n')}\n`;
}

const paths = (tree: Tree, isMeant: (text: string | null) => boolean): string[] =>
  [...tree.changes].flatMap(([path, text]) => (isMeant(text) ? [path] : [])).sort();

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

/** Files one by one, or as their folder where there are many. */
function folded(files: readonly string[]): string[] {
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
  ...(migrations.length > 0 ? ['  npm run db:migrate   (drops the tables, with what is in them)'] : []),
  '  npm run check && npm test',
];
