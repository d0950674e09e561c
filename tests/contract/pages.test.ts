import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const filesBelow = (folder: string): string[] => {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.includes('node_modules'))
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')));
};

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'clients', 'bench', '.github'].flatMap(filesBelow).filter((path) => path.endsWith('.md')),
];
// Skip the changelog, which names files that no longer exist. Skip the other page, which names files that its reader
// writes; extracting-doc.test.ts checks it.
const current = pages.filter((page) => !['CHANGELOG.md', 'docs/extracting-a-module.md'].includes(page));

/** Returns the anchors that GitHub derives from the headings of a page. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );

interface Finding {
  readonly page: string;
  readonly name: string;
}

const findings = (
  among: readonly string[],
  namesIn: (text: string, page: string) => readonly string[],
): Finding[] => among.flatMap((page) => namesIn(read(page), page).map((name) => ({ page, name })));

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([whole, first]) => first ?? whole);

const withoutBlocks = (text: string): string => text.replace(/^```.*?^```$/gms, '');

/** Returns the names in backticks outside code blocks. */
const quotedIn = (text: string): string[] => matches(withoutBlocks(text), /`([^`\n]+)`/g);

// The pages use example modules and placeholders, which need not exist.
const isExample = (name: string): boolean =>
  /(?:^|[^a-z])(?:notes?|comments?|profiles?|invoices?)(?:[^a-z]|$)|[<…*]/i.test(name);
// Names that the pages mention but that are defined outside this repository.
const elsewhere = [
  'minX',
  'maxX',
  'xFrom',
  'xTo',
  'terminationGracePeriodSeconds',
  'docker/.env',
  'NODE_EXTRA_CA_CERTS',
];

/** Returns the files that a page shows in full, by path. The first line of each code block is its path. */
const shownFiles = (): Map<string, string> =>
  new Map(
    ['docs/adding-a-module.md', 'docs/recipes.md'].flatMap((page) =>
      [...read(page).matchAll(/^```ts\n\/\/ ((?:src|tests)\/\S+)\n(.*?)^```$/gms)].map(
        ([, path = '', text = '']): [string, string] => [join(root, path), text],
      ),
    ),
  );

/** Returns the compiler errors of these files, compiled as part of the tree. */
function errorsIn(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, directoryExists } = host;
  const folders = new Set([...files.keys()].map(dirname));
  host.directoryExists = (path) => folders.has(path) || directoryExists?.(path) === true;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  const types = join(root, 'src/types/express.d.ts');
  const program = ts.createProgram([types, ...files.keys()], options, host);
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

describe('the documentation', () => {
  let sources: string;

  beforeAll(() => {
    sources = ['src', 'dev', 'tests', 'scripts', 'bench', 'clients', 'docker', 'package.json', '.env.example']
      .flatMap((place) => (/\./.test(place) ? [place] : filesBelow(place)))
      .filter(
        (path) => /\.(?:[jt]s|json|sh|yml|conf|eta|example)$/.test(path) && !path.endsWith('pages.test.ts'),
      )
      .map(read)
      .join('\n');
  });

  it('links to files and headings that exist', () => {
    const links = findings(pages, (text) => matches(withoutBlocks(text), /\]\(([^)\s]+)\)/g)).filter(
      ({ name }) => !/^[a-z]+:/.test(name),
    );
    expect(links.length).toBeGreaterThan(50);
    const broken = links.filter(({ page, name }) => {
      const [path = '', anchor] = name.split('#');
      const target = path === '' ? page : posix.join(dirname(page), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const named = findings(current, (text) => matches(text, /npm run (?:-s )?([a-z][\w:-]*)/g));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it('names files that exist', () => {
    const places = /^(?:src|docs|tests|scripts|dev|docker|deploy|bench|clients)\/[\w./-]+$/;
    const named = findings(current, quotedIn).filter(({ name }) => places.test(name) && !isExample(name));
    const isThere = (name: string): boolean =>
      elsewhere.includes(name) || existsSync(join(root, name)) || existsSync(join(root, `${name}.test.ts`));
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
  });

  it('names settings, codes and identifiers that exist', () => {
    const named = findings(current, quotedIn).filter(
      ({ name }) => /^(?:[A-Z]+(?:_[A-Z0-9]+)+|[a-z]+[A-Z]\w*)$/.test(name) && !isExample(name),
    );
    const known = new Set([...matches(sources, /[A-Za-z_]\w+/g), ...elsewhere]);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('shows files that compile', () => {
    const files = shownFiles();
    expect(files.size).toBeGreaterThan(10);
    expect(errorsIn(files)).toEqual([]);
  });
});
