import { basename } from 'node:path';
import ts from 'typescript';
import { generatedFiles } from './apply-plan.ts';
import { isSource, type Module } from './modules.ts';
import type { Tree } from './tree.ts';

// Finds lines that still mention removed modules. The names to search for come from the deleted files, so that there is
// no list of names to maintain.

/** A line that mentions a removed module or name. */
export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly term: string;
  readonly text: string;
}

// Returns whether the search skips a file. It skips tests, which use names as examples, and removal.json, whose
// `unrelated` may list files of other modules. It also skips generated and binary files, the license, and files that
// describe the past, such as the changelog and migrations.
const isSkipped = (path: string): boolean =>
  /^(?:tests\/|bench\/results|CHANGELOG\.md$|LICENSE$|package-lock\.json$|src\/db\/migrations\/)/.test(
    path,
  ) ||
  /(?:\/removal\.json|\.(?:test\.ts|png|ico|woff2?|tgz))$/.test(path) ||
  generatedFiles.includes(path);

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([match, first]) => first ?? match);

/**
 * Returns the names that source files declare: settings, permissions, error codes, events, jobs, tables, paths and
 * exports.
 */
const declaredIn = (source: string): string[] => [
  ...matches(source, /^ +'?([A-Z]{2,}(?:_[A-Z0-9]+)+)'?: /gm),
  ...matches(source, /'([A-Z]{2,}(?:_[A-Z0-9]+)+)'/g),
  ...matches(source, /'([a-z][a-z-]*:[a-z][a-z-]*)'/g),
  ...matches(source, /\b(?:name|type): '([a-z][a-z-]*\.[a-z][a-z_]*)'/g),
  ...matches(source, /@Entity\('([a-z]+_[a-z_]+)'/g),
  ...matches(source, /^ {2}path: '(\/[a-z][a-z/-]{2,})'/gm),
  ...matches(
    source,
    /^export (?:const|(?:abstract )?class|(?:async )?function|interface|type) (\w{8,})/gm,
  ).filter((name) => /[a-z][A-Z]/.test(name)),
];

const sourcesOf = (tree: Tree, paths: readonly string[]): string =>
  paths
    .filter((path) => isSource(path) && !isSkipped(path))
    .map((path) => tree.read(path))
    .join('\n');

interface Manifest {
  readonly scripts?: object;
}

const scriptsOf = (tree: Tree): string[] =>
  Object.keys((JSON.parse(tree.read('package.json')) as Manifest).scripts ?? {});

const foldersOf = (paths: readonly string[]): Set<string> =>
  new Set(
    paths.flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, depth, parts) => parts.slice(0, depth + 1).join('/')),
    ),
  );

/** Returns the names of files, folders and declarations that exist in `before` but not in `after`. */
function removedNames(before: Tree, after: Tree): string[] {
  const left = after.list();
  const deleted = before.list().filter((path) => !after.has(path));
  const leftNames = new Set(left.map((path) => basename(path)));
  const leftFolders = foldersOf(left);
  const leftSource = sourcesOf(after, left);
  const leftCode = leftSource.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const leftDeclared = new Set(declaredIn(leftCode));
  const isLeft = (name: string): boolean =>
    leftDeclared.has(name) || (/^\w+$/.test(name) && new RegExp(`\\b${name}\\b`).test(leftCode));
  return [
    // Skip short names such as list.ts, because they do not identify a module.
    ...deleted
      .map((path) => basename(path))
      .filter((name) => /[.-].*\.|\.md$/.test(name) && !leftNames.has(name)),
    ...[...foldersOf(deleted)].filter((folder) => folder.includes('/') && !leftFolders.has(folder)),
    ...new Set(declaredIn(sourcesOf(before, deleted)).filter((name) => !isLeft(name))),
  ];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const bounded = (term: string): string => `(?<![\\w/.-])${escaped(term)}(?![\\w-])`;

interface Term {
  readonly term: string;
  readonly pattern: RegExp;
  /** Files and folders in which the word means something else. */
  readonly unrelated?: readonly string[];
}

/** Returns the pattern that finds a removed name. A path may follow the root path of the API, as in `/api/v1/users`. */
const nameTerm = (name: string): Term => ({
  term: name,
  pattern: new RegExp(
    name.startsWith('/') ? `(?:(?<![\\w/.-])|/v\\d+)${escaped(name)}(?![\\w-])` : bounded(name),
  ),
});

/**
 * Returns the pattern that finds a script of package.json. A name with a colon is enough. Any other name must follow
 * `npm run`.
 */
const scriptTerm = (name: string): Term => ({
  term: name,
  pattern: new RegExp(name.includes(':') ? bounded(name) : `npm run (?:-s )?${escaped(name)}(?![\\w:-])`),
});

/** Returns the patterns that find a module: its name, and the words in its removal.json. */
function moduleTerms({ name, note }: Module): Term[] {
  const words = [name.replaceAll('-', ' '), ...(note.words ?? [])];
  const { unrelated = [] } = note;
  return [
    { term: name, pattern: new RegExp(bounded(name)), unrelated },
    ...words.map((term) => ({ term, pattern: new RegExp(bounded(term), 'i'), unrelated })),
  ];
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/**
 * Returns the lines that people read. In source code, these are comments and sentences. In other files, these are all
 * lines.
 */
function proseOf(path: string, text: string): Line[] {
  const lines = text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
  if (!isSource(path)) return lines;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const read = new Set<number>();
  const add = (start: number, end: number): void => {
    const [first, last] = [start, end].map((place) => source.getLineAndCharacterOfPosition(place).line + 1);
    for (let line = first ?? 0; line <= (last ?? 0); line += 1) read.add(line);
  };
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source);
    children.forEach(visit);
    if (children.length > 0) return;
    const comments = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of comments) add(pos, end);
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (isText && /\w \w/.test(node.text)) add(node.getStart(source), node.getEnd());
  };
  visit(source);
  return lines.filter(({ line }) => read.has(line));
}

const isIn = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

/** Returns each line of `after` that mentions one of these modules, or a name that was removed with them. */
export function findMentions(before: Tree, after: Tree, removed: readonly Module[]): Mention[] {
  const left = new Set(scriptsOf(after));
  const terms = [
    ...removed.flatMap(moduleTerms),
    ...scriptsOf(before)
      .filter((name) => !left.has(name))
      .map(scriptTerm),
    ...removedNames(before, after).map(nameTerm),
  ];
  return after
    .list()
    .filter((path) => !isSkipped(path))
    .flatMap((path) =>
      proseOf(path, after.read(path)).flatMap(({ line, text }) => {
        const term = terms.find(
          ({ pattern, unrelated = [] }) => !isIn(path, unrelated) && pattern.test(text),
        )?.term;
        return term === undefined ? [] : [{ path, line, term, text: text.trim() }];
      }),
    );
}
