import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Returns the files that the page shows, by path. The first line of each code block is its path. */
async function shownFiles(): Promise<Map<string, string>> {
  const page = await readFile(join(root, 'docs/extracting-a-module.md'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)];
  return new Map(blocks.map(([, path = '', text = '']) => [join(root, path), text]));
}

/** Compiles these files together with the sources of the service. Returns the compiler errors. */
function errorsIn(files: ReadonlyMap<string, string>): string[] {
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

  it('shows code that compiles', () => {
    expect(files.size).toBe(4);
    expect(errorsIn(files)).toEqual([]);
  });

  it('is checked by a compiler that finds a broken import', () => {
    const broken = [...files].map(([path, text]): [string, string] => [
      path,
      text.replace("from '../../jobs/jobs.ts'", "from '../../core/gone.ts'"),
    ]);
    expect(errorsIn(new Map(broken)).length).toBeGreaterThan(0);
  });
});
