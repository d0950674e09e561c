import { main } from '../src/cli.ts';
import { withDatabase } from '../dev/open-database.ts';

// Runs the service's commands in development. Starts a database if none is configured.
await main((work) => withDatabase(work));
