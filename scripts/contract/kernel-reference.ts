import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { coreErrors, statusOf, type ErrorKind } from '../../src/core/errors.ts';

// The files that a module imports. Declarations are found by their names, so a file may move.
const places = ['module.ts', 'core', 'http', 'events', 'jobs', 'db'];

function findSources(root: string): string[] {
  return places.flatMap((place) => {
    const path = join(root, 'src', place);
    if (!existsSync(path)) return [];
    if (place.endsWith('.ts')) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    return names.map((name) => join(path, name)).sort();
  });
}

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Returns the names that a top-level statement declares. */
function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

/** Returns the path of the one file that declares a name; one that exports it comes first. */
function locate(name: string, sources: readonly ts.SourceFile[]): string {
  const declaring = sources.flatMap((source) =>
    source.statements
      .filter((statement) => namesOf(statement).includes(name))
      .map((statement) => ({ path: source.fileName, isPublic: isExported(statement) })),
  );
  const exporting = declaring.filter(({ isPublic }) => isPublic);
  const found = new Set((exporting.length > 0 ? exporting : declaring).map(({ path }) => path));
  const [path] = found;
  if (path === undefined || found.size > 1)
    throw new Error(
      `scripts/contract/kernel-template.md names "${name}", which ${path === undefined ? 'no file' : 'more than one file'} of ${places.join(', ')} declares: write its new name, or remove it.`,
    );
  return path;
}

/** Returns the declarations of files, as `tsc` writes them to `.d.ts`. */
function emitDeclarations(root: string, paths: readonly string[]): Map<string, ts.SourceFile> {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const program = ts.createProgram([...paths], {
    ...options,
    noEmit: false,
    noCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
  });
  const declarations = new Map<string, ts.SourceFile>();
  for (const path of paths)
    program.emit(
      program.getSourceFile(path),
      (_name, text) => declarations.set(path, parse(path.replace(/\.ts$/, '.d.ts'), text)),
      undefined,
      true,
    );
  return declarations;
}

/** Returns the text of a doc comment without its signs. */
const textOf = (comment: string): string =>
  comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();

function docOf(statement: ts.Statement): string {
  const text = statement.getSourceFile().text;
  const comments = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
  const last = comments.map(({ pos, end }) => text.slice(pos, end)).at(-1) ?? '';
  return last.startsWith('/**') ? textOf(last) : '';
}

/** Returns the code of a declaration without what a caller cannot use. */
const codeOf = (statement: ts.Statement): string =>
  statement
    .getText()
    .replace(/^export /, '')
    .replace(/^declare /, '')
    .replace(/import\("[^"]+"\)\./g, '')
    .replace(/^\s*(?:#private|private\s.*);\n/gm, '');

/** Returns the section on one name. */
function describe(name: string, path: string, declarations: ts.SourceFile | undefined): string {
  const found = declarations?.statements.filter((statement) => namesOf(statement).includes(name)) ?? [];
  const docs = found.map(docOf).filter((doc) => doc !== '');
  const code = found.map(codeOf).join('\n');
  return [`### \`${name}\``, ...docs, `\`\`\`ts\n// ${path}\n${code}\n\`\`\``].join('\n\n');
}

function errorKinds(declarations: ReadonlyMap<string, ts.SourceFile>, path: string): string {
  const statement = declarations.get(path)?.statements.find((one) => namesOf(one).includes('ErrorKind'));
  const kinds = [...(statement?.getText().matchAll(/'([a-z_]+)'/g) ?? [])].map(([, kind]) => kind);
  const rows = kinds.map((kind) => `| \`${kind ?? ''}\` | ${statusOf(kind as ErrorKind)} |`);
  return ['| kind | status |', '| --- | --- |', ...rows].join('\n');
}

function coreErrorTable(): string {
  const rows = Object.entries(coreErrors).map(
    ([name, { kind, code, message }]) => `| \`${name}\` | ${statusOf(kind)} | \`${code}\` | ${message} |`,
  );
  return ['| name | status | code | message |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

// `{{ name, name }}` alone on its line.
const marker = /^\{\{ (.+) \}\}$/gm;

/** Returns the reference of what modules use: the template, with the declarations and doc comments of each name in it. */
export function renderKernelReference(root: string, template: string): string {
  const sources = findSources(root).map((path) => parse(path, readFileSync(path, 'utf8')));
  const wanted = [...template.matchAll(marker)].flatMap(([, names = '']) => names.split(', '));
  const paths = new Map(
    wanted
      .map((name) => (name === '@errorKinds' ? 'ErrorKind' : name))
      .filter((name) => !name.startsWith('@'))
      .map((name) => [name, locate(name, sources)]),
  );
  const declarations = emitDeclarations(root, [...new Set(paths.values())]);
  const sections: Readonly<Record<string, () => string>> = {
    '@errorKinds': () => errorKinds(declarations, paths.get('ErrorKind') ?? ''),
    '@coreErrors': coreErrorTable,
  };
  return template.replace(marker, (_line, names: string) =>
    names
      .split(', ')
      .map((name) => {
        const path = paths.get(name) ?? '';
        return (
          sections[name]?.() ??
          describe(name, relative(root, path).replaceAll('\\', '/'), declarations.get(path))
        );
      })
      .join('\n\n'),
  );
}
