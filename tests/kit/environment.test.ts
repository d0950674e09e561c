import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase } from '../../dev/open-database.ts';

const root = join(import.meta.dirname, '../..');
const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
// Run outside the clone, so that its `.env` files have no effect.
const elsewhere = tmpdir();

/** Runs a script of the clone. The environment contains only these variables. */
function run(script: string, env: Record<string, string>) {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', loader, join(root, `scripts/${script}.ts`)],
    {
      cwd: elsewhere,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env },
    },
  );
  return { status, stderr };
}

describe('npm run dev', () => {
  it.each(['production', 'test'])('rejects NODE_ENV=%s', (nodeEnv) => {
    const { status, stderr } = run('dev', { NODE_ENV: nodeEnv });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `\`npm run dev\` is for development, but NODE_ENV is ${nodeEnv}. Unset NODE_ENV, or run \`npm run build && npm start\`.\n`,
    );
  });

  it('rejects a PORT that Kubernetes sets for a service', () => {
    const { status, stderr } = run('dev', { PORT: 'tcp://10.0.0.1:80' });
    expect([status, stderr]).toEqual([
      1,
      'PORT=tcp://10.0.0.1:80 is not a port. Set PORT=3000, for example.\n',
    ]);
  });
});

describe('openDatabase', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'strata-open-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const open = (environment: Record<string, string>) => openDatabase(environment, () => undefined);

  it('starts no embedded server in production', async () => {
    const environment = { NODE_ENV: 'production', EMBEDDED_DB_DIR: directory };
    expect((await open(environment)).environment).toEqual(environment);
  });

  it('reads the file in DATABASE_URL_FILE', async () => {
    const path = join(directory, 'url');
    await writeFile(path, '\uFEFFpostgres://app@db/x\r\n');
    expect((await open({ DATABASE_URL_FILE: path })).environment['DATABASE_URL']).toBe('postgres://app@db/x');
  });
});
