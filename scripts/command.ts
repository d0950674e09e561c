import { main } from '../src/cli.ts';
import { withDatabase } from '../dev/open-database.ts';

// The command line of the service for work on a clone: development unless told otherwise, and with a database.
await main((work) => withDatabase(work));
