import { parseArgs } from 'node:util';
import { Failure } from './generate/failure.ts';
import { readDrift, writeMigration } from './generate/migration.ts';

// Also what `npm run generate` starts once it has written entities: they are read when a process begins.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, module: { type: 'string' } },
});

async function check(): Promise<void> {
  const { up } = await readDrift();
  const statements = up.map(({ query }) => `  ${query}`).join('\n');
  if (up.length > 0)
    throw new Failure(`The entities say what no migration does: run \`npm run db:generate\`.\n${statements}`);
}

async function generate(): Promise<void> {
  const [path, index] = await writeMigration(positionals[0] ?? '', values.module ?? '');
  process.stdout.write(`Written: ${path ?? ''}\nListed in: ${index ?? ''}\nRead it before you keep it.\n`);
}

try {
  await (values.check === true ? check() : generate());
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
