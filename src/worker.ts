import { modules } from './modules.ts';
import { readCommandLine } from './utils/command-line.ts';
import { work } from './process/worker-process.ts';

readCommandLine(
  `Starts the worker, which delivers events and runs jobs: node dist/worker.js, or npm run start:worker.
It takes no options: settings come from the environment, and .env.example lists them.
`,
  {},
);

// Keep this list the same as in server.ts.
work(modules);
