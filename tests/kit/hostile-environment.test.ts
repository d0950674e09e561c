import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { makeClone, type Clone } from '../helpers/clone.ts';

// Each of these values would break a service or a test that reads it.
const hostile = {
  DATABASE_URL: 'postgres://nobody@192.0.2.1:1/nothing',
  REDIS_URL: 'redis://192.0.2.1:1',
  JWT_SECRET: 'short',
  MAIL_FROM: 'nobody',
  PORT: '1',
  RATE_LIMIT_MAX: '0',
  NODE_ENV: 'production',
};
const variables = { ...hostile, PGHOST: '192.0.2.1', PGPORT: '1', PGSSLMODE: 'require', PGOPTIONS: '-c a=1' };

// Run one test file of each kind: for the service, its database, its settings, a script and a process.
const files = [
  'tests/api/users/get-me',
  'tests/db/session-settings',
  'tests/config/environment',
  'tests/kit/environment',
  'tests/e2e/cli',
];

describe('npm test', () => {
  let clone: Clone;

  beforeAll(() => {
    clone = makeClone();
    const text = Object.entries(hostile)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
    for (const name of ['.env', '.env.local', '.env.test.local', '.env.development.local'])
      clone.write(name, text);
  });
  afterAll(() => {
    clone.remove();
  });

  it('passes beside .env files and variables that belong to something else', () => {
    const { PATH, HOME, TMPDIR, STRATA_TEST_SERVER_URL: server } = process.env;
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        'node_modules/jest/bin/jest.js',
        '--runInBand',
        '--silent',
        ...files,
        // Run files of both suites at once, although `npm test` excludes those that start processes.
        '--testPathIgnorePatterns=/node_modules/',
      ],
      {
        cwd: clone.folder,
        encoding: 'utf8',
        env: { PATH, HOME, TMPDIR, TEST_DATABASE_URL: server, ...variables },
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('passed') });
  });
});
