import { main } from '../src/cli.ts';
import { withDatabase } from '../dev/open-database.ts';

// Runs the service's commands in development, with a database.
await main((work) => withDatabase(work));
