import { main } from '../src/cli.ts';
import { withDatabase } from './embedded.ts';

// The command line of the service for work on a clone: development unless told otherwise, and with a database.
await main((work) => withDatabase(work));
