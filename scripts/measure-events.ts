import { withDatabase } from '../dev/open-database.ts';
import { runCommand } from '../src/cli.ts';
import { readCommandLine } from '../src/utils/command-line.ts';
import { withScratchDatabase } from './lib/scratch-database.ts';
import { measureEvents } from './measure/events.ts';

readCommandLine(
  `Measures the throughput and latency of event delivery by one worker, on a temporary database:
  npm run measure:events
It takes no options.
`,
  {},
);

await withDatabase((environment) =>
  withScratchDatabase(environment, async (url) => {
    await runCommand('db:migrate', [], { ...environment, DATABASE_URL: url });
    await measureEvents(url);
  }),
);
