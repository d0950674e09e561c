import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** The files that the page shows: path → text. The first line of each says where it belongs. */
async function shownFiles(): Promise<Map<string, string>> {
  const page = await readFile(join(root, 'docs/extracting-a-module.md'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)];
  return new Map(blocks.map(([, path = '', text = '']) => [join(root, path), text]));
}

/** What the compiler says of these files, as if they stood in the tree. */
function faultsIn(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile: read } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? read(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

describe('docs/extracting-a-module.md', () => {
  let files: Map<string, string>;

  beforeAll(async () => {
    files = await shownFiles();
  });

  it('shows code that compiles against this tree', () => {
    expect(files.size).toBe(4);
    expect(faultsIn(files)).toEqual([]);
  });

  it('would show a fault of that code', () => {
    const broken = [...files].map(([path, text]): [string, string] => [
      path,
      text.replace("from '../../jobs/jobs.ts'", "from '../../core/gone.ts'"),
    ]);
    expect(faultsIn(new Map(broken)).length).toBeGreaterThan(0);
  });
});
