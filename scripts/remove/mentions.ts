import { basename } from 'node:path';
import ts from 'typescript';
import { isSource, type Module } from './modules.ts';
import type { Tree } from './tree.ts';

// Finds what a clone still says about modules that are gone. What belonged to them is read from the files that were deleted,
// so that it holds for modules that are written later as well.

/** A line that mentions something that is gone. */
export interface Mention {
  readonly path: string;
  readonly line: number;
  readonly term: string;
  readonly text: string;
}

// Tests may take any name as an example. The rest is history, or is generated from the modules that are left.
const isUnread = (path: string): boolean =>
  /^(?:tests\/|CHANGELOG\.md$|LICENSE$|package-lock\.json$|src\/db\/migrations\/|openapi\.json$|\.env\.example$|docs\/permissions\.md$|clients\/typescript\/src\/(?:schema|operations)\.ts$)/.test(
    path,
  ) || /\.(?:test\.ts|png|ico|woff2?|tgz)$/.test(path);

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([whole, first]) => first ?? whole);

/** Returns the names that sources declare: of settings, permissions, codes, events, jobs, tables, routes, classes. */
const declaredIn = (source: string): string[] => [
  ...matches(source, /^ +'?([A-Z]{2,}(?:_[A-Z0-9]+)+)'?: /gm),
  ...matches(source, /'([A-Z]{2,}(?:_[A-Z0-9]+)+)'/g),
  ...matches(source, /'([a-z][a-z-]*:[a-z][a-z-]*)'/g),
  ...matches(source, /\b(?:name|type): '([a-z][a-z-]*\.[a-z][a-z_]*)'/g),
  ...matches(source, /@Entity\('([a-z]+_[a-z_]+)'/g),
  ...matches(source, /^ {2}path: '(\/[a-z-]{3,})'/gm),
  ...matches(
    source,
    /^export (?:const|(?:abstract )?class|(?:async )?function|interface|type) (\w{8,})/gm,
  ).filter((name) => /[a-z][A-Z]/.test(name)),
];

const sourcesOf = (tree: Tree, paths: readonly string[]): string =>
  paths
    .filter((path) => isSource(path) && !path.startsWith('tests/') && !path.endsWith('.test.ts'))
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

/** Returns the names of files, folders and declarations that `before` has and `after` has not. */
function goneNames(before: Tree, after: Tree): string[] {
  const left = after.list();
  const deleted = before.list().filter((path) => !after.has(path));
  const leftNames = new Set(left.map((path) => basename(path)));
  const leftFolders = foldersOf(left);
  const leftSource = sourcesOf(after, left);
  const isLeft = (name: string): boolean => new RegExp(`\\b${escaped(name)}\\b`).test(leftSource);
  const declared = new Set([...declaredIn(sourcesOf(before, deleted))]);
  return [
    // A short name such as list.ts can be that of anything.
    ...deleted
      .map((path) => basename(path))
      .filter((name) => /[.-].*\.|\.md$/.test(name) && !leftNames.has(name)),
    ...[...foldersOf(deleted)].filter((folder) => folder.includes('/') && !leftFolders.has(folder)),
    ...[...declared].filter((name) => (/^[\w]+$/.test(name) ? !isDeclared(name, leftSource) : !isLeft(name))),
  ];
}

const isDeclared = (name: string, source: string): boolean => {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return new RegExp(`\\b${name}\\b`).test(code);
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const bounded = (term: string): string => `(?<![\\w/.-])${escaped(term)}(?![\\w-])`;

interface Term {
  readonly term: string;
  readonly pattern: RegExp;
}

/** Returns what finds a script of package.json: by its name if it has a colon, otherwise behind `npm run`. */
const scriptTerm = (name: string): Term => ({
  term: name,
  pattern: new RegExp(name.includes(':') ? bounded(name) : `npm run (?:-s )?${escaped(name)}(?![\\w:-])`),
});

/** Returns what finds a module: its name, and the words of its removal.json. */
function moduleTerms({ name, note }: Module): Term[] {
  const words = [name.replaceAll('-', ' '), ...(note.words ?? [])];
  return [
    { term: name, pattern: new RegExp(bounded(name)) },
    ...words.map((term) => ({ term, pattern: new RegExp(bounded(term), 'i') })),
  ];
}

/** Returns the lines of a file that people read: all, or the comments and the sentences of a source. */
function proseOf(path: string, text: string): { line: number; text: string }[] {
  const lines = text.split('\n').map((line, index) => ({ line: index + 1, text: line }));
  if (!isSource(path)) return lines;
  const read = new Set<number>();
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const texts = [
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TemplateHead,
  ];
  const kinds = [ts.SyntaxKind.SingleLineCommentTrivia, ts.SyntaxKind.MultiLineCommentTrivia];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isSentence = texts.includes(kind) && /\w \w/.test(scanner.getTokenText());
    if (!kinds.includes(kind) && !isSentence) continue;
    const [first, last] = [scanner.getTokenStart(), scanner.getTokenEnd()].map(
      (place) => source.getLineAndCharacterOfPosition(place).line,
    );
    for (let line = first ?? 0; line <= (last ?? 0); line += 1) read.add(line + 1);
  }
  return lines.filter(({ line }) => read.has(line));
}

/** Returns each line of `after` that mentions these modules or what went with them. */
export function findMentions(before: Tree, after: Tree, gone: readonly Module[]): Mention[] {
  const left = new Set(scriptsOf(after));
  const terms = [
    ...gone.flatMap(moduleTerms),
    ...scriptsOf(before)
      .filter((name) => !left.has(name))
      .map(scriptTerm),
    ...goneNames(before, after).map((term) => ({ term, pattern: new RegExp(bounded(term)) })),
  ];
  return after
    .list()
    .filter((path) => !isUnread(path))
    .flatMap((path) =>
      proseOf(path, after.read(path)).flatMap(({ line, text }) => {
        const term = terms.find(({ pattern }) => pattern.test(text))?.term;
        return term === undefined ? [] : [{ path, line, term, text: text.trim() }];
      }),
    );
}
