import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { start } from 'node:repl';
import { readCommandLine } from '../src/utils/command-line.ts';
import { withDatabase } from '../dev/open-database.ts';
import { openHeadless, type Headless } from './lib/app-without-http.ts';

readCommandLine(
  `Opens a REPL with the modules of the service, without HTTP:
  npm run console
It takes no options.
`,
  {},
);

const historyFile = resolve('.data/console-history');

const guide = `    modules                        lists the module names
  use('users')                   returns the interface of a module, for example await use('users').findByEmail('…')
  await as({ email }, work)      runs work as this user, recorded in events, jobs and the audit trail
  await db.query('SELECT …')     queries the database; db.transaction(async () => …) runs a transaction
  await jobs.find('<id>')        returns a job; jobs.enqueue and events.publish create work for the worker
  config, logger                 the settings without secrets, and the logger
  .exit, or Ctrl-D               quits
`;

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
  process.stdout.write(`Connected to ${place}. Enter .guide for help.\n`);
  if (isProduction)
    process.stdout.write('This is production. Calls bypass permissions and cannot be undone.\n');

  if (!process.stdin.isTTY)
    process.stderr.write(
      'Piped lines do not wait for each other. Write a script with openHeadless instead.\n',
    );
  const repl = start({ prompt: isProduction ? 'production> ' : 'strata> ' });
  Object.assign(repl.context, { use, as, db, events, jobs, logger, config, modules });
  repl.defineCommand('guide', {
    help: 'Show the available names',
    action: () => {
      process.stdout.write(guide);
      repl.displayPrompt();
    },
  });
  try {
    mkdirSync(dirname(historyFile), { recursive: true });
    repl.setupHistory(historyFile, () => {});
  } catch (error) {
    process.stderr.write(`The history cannot be saved: ${String(error)}\n`);
  }
  await new Promise((ended) => repl.once('exit', ended));
}
