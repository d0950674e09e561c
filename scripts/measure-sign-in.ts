import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withDatabase } from '../dev/open-database.ts';
import { findPort } from '../dev/port.ts';
import { runCommand } from '../src/cli.ts';
import type { Environment } from '../src/config/environment.ts';
import { readCommandLine } from '../src/utils/command-line.ts';
import { withScratchDatabase } from './lib/scratch-database.ts';
import { measureFlood, measureRejections, startServer } from './measure/sign-in.ts';

readCommandLine(
  `Measures timing differences of rejected sign-ins and the effect of a flood of sign-ins, on a temporary service:
  npm run measure:sign-in
It takes no options.
`,
  {},
);

const secret = (): string => randomBytes(48).toString('base64');

await withDatabase((environment) =>
  withScratchDatabase(environment, async (databaseUrl) => {
    const port = await findPort('127.0.0.1', '0');
    const url = `http://127.0.0.1:${port}`;
    const env: Environment = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      JWT_SECRET: secret(),
      PASSWORD_PEPPER: secret(),
      RATE_LIMIT_GLOBAL_PER_MINUTE: '1000000',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '1000000',
      LOG_LEVEL: 'error',
    };
    await runCommand('db:migrate', [], env);
    const server = await startServer(env, url);
    const db = new pg.Client({ connectionString: databaseUrl });
    await db.connect();
    try {
      await measureRejections(env, url, db);
      await measureFlood(url);
    } finally {
      await db.end();
      server.kill('SIGKILL');
    }
  }),
);
