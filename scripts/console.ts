import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { start } from 'node:repl';
import { readCommandLine } from '../src/utils/command-line.ts';
import { withDatabase } from '../dev/open-database.ts';
import { openHeadless, type Headless } from './lib/app-without-http.ts';

readCommandLine(
  `Opens a prompt on the modules of the service, without HTTP:
  npm run console
It takes no options.
`,
  {},
);

const historyFile = resolve('.data/console-history');

const guide = `  modules                        the names of the modules
  use('users')                   what a module offers to others, such as await use('users').findByEmail('…')
  await as({ email }, work)      does something as a user: events, jobs and the audit trail name them
  await db.query('SELECT …')     the database; db.transaction(async () => …) for what must hold together
  await jobs.find('<id>')        how a job gets on; jobs.enqueue and events.publish leave work for the worker
  config, logger                 the settings, with secrets hidden, and the log
  .exit, or Ctrl-D               ends
`;

// The modules without HTTP: `await` works at the top level, and what was typed is kept in .data.
await withDatabase(async (environment) => {
  const service = await openHeadless(environment);
  try {
    await talk(service);
  } finally {
    await service.close();
  }
}).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function talk(service: Headless): Promise<void> {
  const { use, as, db, events, jobs, logger, config, isProduction, modules, place } = service;
  process.stdout.write(`The modules without HTTP, on ${place}. .guide shows what there is.\n`);
  if (isProduction)
    process.stdout.write('This is production: nothing here asks for a permission, or can be taken back.\n');

  if (!process.stdin.isTTY)
    process.stderr.write(
      'Lines that are piped in do not wait for each other: write a script with openHeadless.\n',
    );
  const repl = start({ prompt: isProduction ? 'production> ' : 'strata> ' });
  Object.assign(repl.context, { use, as, db, events, jobs, logger, config, modules });
  repl.defineCommand('guide', {
    help: 'Show what there is',
    action: () => {
      process.stdout.write(guide);
      repl.displayPrompt();
    },
  });
  try {
    mkdirSync(dirname(historyFile), { recursive: true });
    repl.setupHistory(historyFile, () => {});
  } catch (error) {
    process.stderr.write(`What is typed here is not kept: ${String(error)}\n`);
  }
  await new Promise((ended) => repl.once('exit', ended));
}
