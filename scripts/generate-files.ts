import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { readCommandLine } from '../src/utils/command-line.ts';

const usage = `Generates .env.example, docs/kernel.md, docs/permissions.md, openapi.json and the client types:
  npm run generate:files
Options:
  --check        writes nothing and fails if a file is outdated
`;
const { values } = readCommandLine(usage, { options: { check: { type: 'boolean' } } });

// Import this module late, because it loads the whole service, which `--help` does not need.
const { renderGeneratedFiles, writeGeneratedFiles } = await import('./contract/generated-files.ts');

const root = resolve(import.meta.dirname, '..');

async function check(): Promise<void> {
  for (const { path, text } of await renderGeneratedFiles()) {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    process.stderr.write(
      `${relative(root, path)} is outdated. Run \`npm run generate:files\` and commit it.\n`,
    );
    process.exitCode = 1;
  }
}

await (values.check === true ? check() : writeGeneratedFiles());
