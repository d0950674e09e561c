import { anchorsOf, withoutDeadLinks } from './links.ts';
import { withoutTables } from './privacy.ts';
import { withoutFiles, withoutUnusedEvents } from './security.ts';
import type { Tree } from './tree.ts';

interface Removed {
  readonly names: readonly string[];
  readonly scripts: readonly string[];
  readonly tables: readonly string[];
  /** The paths of all files before the removal. */
  readonly before: ReadonlySet<string>;
}

const pagesOf = (tree: Tree): string[] => tree.list().filter((path) => path.endsWith('.md'));

/** Returns package.json without these scripts, and without the steps of other scripts that run them. */
export function withoutScripts(manifest: string, names: readonly string[]): string {
  const parsed = JSON.parse(manifest) as { scripts?: Record<string, string> };
  const isGone = (step: string): boolean => names.some((name) => step === `npm run ${name}`);
  const scripts = Object.entries(parsed.scripts ?? {})
    .filter(([name]) => !names.includes(name))
    .map(([name, command]) => [
      name,
      command
        .split(' && ')
        .filter((step) => !isGone(step))
        .join(' && '),
    ]);
  return `${JSON.stringify({ ...parsed, scripts: Object.fromEntries(scripts) as unknown }, null, 2)}\n`;
}

/** Reads the pages now, before the removal. Returns a function that updates them afterwards. */
export function adjustPages(tree: Tree): (removed: Removed) => void {
  const anchorsBefore = new Map(pagesOf(tree).map((page) => [page, anchorsOf(tree.read(page))]));
  return ({ names, scripts, tables, before }) => {
    tree.edit('docs/privacy.md', (page) => withoutTables(page, new Set(tables), new Set(names)));
    tree.edit('docs/security.md', (page) => withoutUnusedEvents(page, tree));
    tree.edit('docs/asvs.md', (page) => withoutFiles(page, tree, before));
    const anchors = new Map(pagesOf(tree).map((page) => [page, anchorsOf(tree.read(page))]));
    const isGone = (path: string, anchor: string | undefined): boolean => {
      const wasFolder = !before.has(path) && [...before].some((file) => file.startsWith(`${path}/`));
      if (before.has(path) || wasFolder) {
        if (tree.list(path).length === 0) return true;
      }
      if (anchor === undefined || anchorsBefore.get(path)?.has(anchor) !== true) return false;
      return anchors.get(path)?.has(anchor) !== true;
    };
    for (const page of pagesOf(tree)) {
      tree.edit(page, (text) => withoutRowsOf(text, scripts));
      tree.write(page, withoutDeadLinks(tree, page, isGone));
    }
  };
}

/** Returns a page without the table rows that describe removed commands. */
export function withoutRowsOf(page: string, scripts: readonly string[]): string {
  const isGone = (line: string): boolean => {
    const script = /^\| `npm run (?:-s )?([\w:-]+)/.exec(line)?.[1];
    return script !== undefined && scripts.includes(script);
  };
  return page
    .split('\n')
    .filter((line) => !isGone(line))
    .join('\n');
}
