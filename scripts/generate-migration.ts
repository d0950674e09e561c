import { readCommandLine } from '../src/utils/command-line.ts';
import { Failure } from './kit/generate/failure.ts';
import { readDrift, writeMigration } from './kit/generate/migration.ts';

// `npm run generate` starts this script in a child process. A process loads the entities only once, so the parent
// process would not see the entities that it has just written.
const usage = `Writes a migration with the differences between a module's entities and its migrations:
  npm run db:generate -- AddNote --module users
Options:
  --module NAME  the module to write the migration for
  --only         writes it even if other modules differ too
  --check        writes nothing and fails if any module differs
`;

const { values, positionals } = readCommandLine(usage, {
  allowPositionals: true,
  options: { check: { type: 'boolean' }, module: { type: 'string' }, only: { type: 'boolean' } },
});

async function check(): Promise<void> {
  const { byModule } = await readDrift();
  const lines = [...byModule].flatMap(([module, { up }]) => [
    `${module}:`,
    ...up.map(({ query }) => `  ${query}`),
  ]);
  if (lines.length > 0)
    throw new Failure(
      `These entities differ from their migrations. Run \`npm run generate migration <Name> -- --module <module>\`.\n${lines.join('\n')}`,
    );
}

async function generate(): Promise<void> {
  const [name = '', ...more] = positionals;
  if (more.length > 0) throw new Failure(`Unexpected argument '${more[0] ?? ''}'.\n${usage.trimEnd()}`);
  process.stdout.write(await writeMigration(name, { module: values.module ?? '', isOnly: values.only }));
}

try {
  await (values.check === true ? check() : generate());
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
