import { modules } from './modules.ts';
import { serve } from './process/http-process.ts';
import { readCommandLine } from './utils/command-line.ts';

readCommandLine(
  `Starts the HTTP server: node dist/server.js, or npm start.
It takes no options: settings come from the environment, and .env.example lists them.
`,
  {},
);

serve(modules);
