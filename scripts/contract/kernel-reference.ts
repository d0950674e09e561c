import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { coreErrors, type ErrorKind } from '../../src/core/errors.ts';
import { statusOf } from '../../src/http/envelope.ts';

const parse = (path: string, text: string): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Returns the names that a statement at the top of a file declares. */
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

/** Returns the declarations of these files, as `tsc` would write them to `.d.ts` files. */
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

/** Returns the text of a doc comment without its comment markers. */
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

/** Returns the code of a declaration without private members. */
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
  if (found.length === 0)
    throw new Error(
      `${path} does not declare "${name}": export it in scripts/contract/kernel.ts from its own file.`,
    );
  const docs = found.map(docOf).filter((doc) => doc !== '');
  const code = found.map(codeOf).join('\n');
  return [`### \`${name}\``, ...docs, `\`\`\`ts\n// ${path}\n${code}\n\`\`\``].join('\n\n');
}

/** Returns a table of the members of `ErrorKind` and their statuses. */
function errorKindTable(declarations: Iterable<ts.SourceFile>): string {
  const statements = [...declarations].flatMap((source) => [...source.statements]);
  const union = statements.find((statement) => namesOf(statement).includes('ErrorKind'))?.getText() ?? '';
  const rows = [...union.matchAll(/'(\w+)'/g)].map(
    ([, kind = '']) => `| \`${kind}\` | ${statusOf(kind as ErrorKind)} |`,
  );
  return ['| kind | status |', '| --- | --- |', ...rows].join('\n');
}

function coreErrorTable(): string {
  const rows = Object.entries(coreErrors).map(
    ([name, { kind, code, message }]) => `| \`${name}\` | ${statusOf(kind)} | \`${code}\` | ${message} |`,
  );
  return ['| name | status | code | message |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

interface Group {
  /** The Markdown before the group's names. */
  readonly text: string;
  readonly path: string;
  readonly names: readonly string[];
}

/** Reads the exports of the file, each with the comment before it. */
function readGroups(list: string): Group[] {
  const source = parse(list, readFileSync(list, 'utf8'));
  return source.statements.filter(ts.isExportDeclaration).map(({ pos, exportClause, moduleSpecifier }) => {
    const comments = ts.getLeadingCommentRanges(source.text, pos) ?? [];
    const last = comments.map((range) => source.text.slice(range.pos, range.end)).at(-1) ?? '';
    return {
      text: last.startsWith('/*') ? last.slice(2, -2).trim() : '',
      path: resolve(dirname(list), moduleSpecifier?.getText().slice(1, -1) ?? ''),
      names:
        exportClause !== undefined && ts.isNamedExports(exportClause)
          ? exportClause.elements.map(({ name }) => name.text)
          : [],
    };
  });
}

/**
 * Returns docs/kernel.md. `list` is a file with comments and exports. The page consists of these comments, each
 * followed by the declarations and doc comments of the names that are exported after it.
 */
export function renderKernelReference(root: string, list: string): string {
  const groups = readGroups(join(root, list));
  const declarations = emitDeclarations(root, [...new Set(groups.map(({ path }) => path))]);
  const parts = groups.flatMap(({ text, path, names }) => {
    const file = relative(root, path).replaceAll('\\', '/');
    const sections = names.map((name) => describe(name, file, declarations.get(path)));
    return text === '' ? sections : [text, ...sections];
  });
  return `${parts.join('\n\n')}\n`
    .replace('{{ error kinds }}', () => errorKindTable(declarations.values()))
    .replace('{{ core errors }}', coreErrorTable);
}
