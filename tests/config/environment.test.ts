import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../src/config/config.ts';
import { loadEnvironment, type Environment, type NodeEnv } from '../../src/config/environment.ts';

describe('loadEnvironment', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'strata-env-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const write = (name: string, text: string | Buffer) => writeFile(join(directory, name), text);
  const load = (real: Environment, otherwise: NodeEnv = 'production') =>
    loadEnvironment(otherwise, real, directory);

  /** Each file says which it is, so that the last one that was read shows. */
  const names = ['.env', '.env.development', '.env.local', '.env.development.local', 'remote.env'];
  beforeEach(async () => {
    await rm(join(directory, '.env.local'), { force: true });
    for (const [index, name] of names.entries()) {
      const lines = names.slice(0, index + 1).map((_name, level) => `LEVEL_${level}=${name}`);
      await write(name, lines.join('\n'));
    }
  });

  it('lets later files win over earlier ones', () => {
    expect(load({ NODE_ENV: 'development', ENV_FILE: 'remote.env' })).toMatchObject({
      LEVEL_0: 'remote.env',
      LEVEL_4: 'remote.env',
    });
    const loaded = load({ NODE_ENV: 'development' });
    expect(loaded).toMatchObject({ LEVEL_0: '.env.development.local', LEVEL_3: '.env.development.local' });
    expect(loaded['LEVEL_4']).toBeUndefined();
  });

  it('reads .env.local after .env.<NODE_ENV>', async () => {
    await rm(join(directory, '.env.development.local'));
    expect(load({ NODE_ENV: 'development' })).toMatchObject({ LEVEL_0: '.env.local', LEVEL_2: '.env.local' });
    await rm(join(directory, '.env.local'));
    expect(load({ NODE_ENV: 'development' })).toMatchObject({ LEVEL_0: '.env.development' });
    await rm(join(directory, '.env.development'));
    expect(load({ NODE_ENV: 'development' })).toMatchObject({ LEVEL_0: '.env' });
  });

  it('leaves .env.local out of tests, and other environments out of all', () => {
    expect(load({ NODE_ENV: 'test' })).toMatchObject({ LEVEL_0: '.env' });
    expect(load({ NODE_ENV: 'production' })).toMatchObject({ LEVEL_0: '.env.local' });
  });

  it('lets the real environment win over every file', () => {
    const real = { NODE_ENV: 'development', ENV_FILE: 'remote.env', LEVEL_0: 'real', LEVEL_1: '' };
    expect(load(real)).toMatchObject({ LEVEL_0: 'real', LEVEL_1: '', LEVEL_2: 'remote.env' });
  });

  it('takes NODE_ENV from the real environment or what the entry point says, and from no file', async () => {
    await write('.env', 'NODE_ENV=test\nLEVEL_0=.env');
    expect(load({})['NODE_ENV']).toBe('production');
    expect(load({ NODE_ENV: '' })['NODE_ENV']).toBe('production');
    expect(load({}, 'development')).toMatchObject({
      NODE_ENV: 'development',
      LEVEL_0: '.env.development.local',
    });
  });

  it('works where there is no file at all', () => {
    expect(loadEnvironment('production', { A: '1' }, join(directory, 'nowhere'))).toEqual({
      A: '1',
      NODE_ENV: 'production',
    });
  });

  it('does not overlook a file that was asked for', () => {
    expect(() => load({ ENV_FILE: 'missing.env' })).toThrow(
      `The environment file ${join(directory, 'missing.env')} cannot be read: check its name and its permissions.`,
    );
  });

  it('reads quotes, comments and spaces as usual', async () => {
    await write('remote.env', '# a comment\nA="x # y"\nB = spaced \nC=\nexport D=1\n');
    expect(load({ ENV_FILE: 'remote.env' })).toMatchObject({ A: 'x # y', B: 'spaced', C: '', D: '1' });
  });

  it('reads a file with a byte order mark from its first setting on', async () => {
    await write('.env.development.local', '\uFEFFLEVEL_0=first\r\nLEVEL_1=second\r\n');
    expect(load({ NODE_ENV: 'development' })).toMatchObject({ LEVEL_0: 'first', LEVEL_1: 'second' });
  });

  it('leaves out what Kubernetes says of a service named worker', () => {
    const links = {
      WORKER_PORT: 'tcp://10.0.0.1:80',
      WORKER_PORT_80_TCP_ADDR: '10.0.0.1',
      REDIS_PORT: 'udp://10.0.0.1:53',
    };
    const loaded = load({ ...links, SANDBOX_PORT: '4000', PORT: 'tcp://10.0.0.1:80' });
    expect(loaded).not.toHaveProperty('WORKER_PORT');
    expect(loaded).not.toHaveProperty('REDIS_PORT');
    // No service makes PORT: somebody has set it, and must be told that it is wrong.
    expect(loaded).toMatchObject({ SANDBOX_PORT: '4000', PORT: 'tcp://10.0.0.1:80' });
  });

  it('leaves out the variables of PostgreSQL, but for the password that DATABASE_URL may lack', () => {
    const variables = { PGHOST: 'nowhere', PGUSER: 'x', PGOPTIONS: '-c x', PGSSLMODE: 'require', PGTZ: 'x' };
    const loaded = load({ ...variables, PGPASSWORD: 'p', PGPASSFILE: '/p' });
    expect(Object.keys(loaded).filter((name) => name.startsWith('PG'))).toEqual(['PGPASSWORD', 'PGPASSFILE']);
  });

  describe('with files that cannot be read', () => {
    const errorOf = (real: Environment): unknown => {
      try {
        load(real);
        return null;
      } catch (error) {
        return error;
      }
    };

    it('throws one ConfigError that names every file and line', async () => {
      await write('.env', 'A=1\nSENTINEL\n');
      await write('.env.local', Buffer.from('\uFEFFA=SENTINEL', 'utf16le'));
      await rm(join(directory, '.env.development'));
      await mkdir(join(directory, '.env.development'));
      const error = errorOf({ NODE_ENV: 'development', ENV_FILE: 'missing.env' });
      await rm(join(directory, '.env.development'), { recursive: true });
      expect(error).toBeInstanceOf(ConfigError);
      const lines = (error as ConfigError).message.split('\n').slice(1, -1);
      const place = (name: string) => `  The environment file ${join(directory, name)} `;
      expect(lines).toEqual([
        expect.stringContaining(`${place('.env')}has an error: line 2 is not NAME=value`),
        expect.stringContaining(`${place('.env.development')}is a folder`),
        expect.stringContaining(`${place('.env.local')}is not UTF-8 text`),
        expect.stringContaining(`${place('missing.env')}cannot be read`),
      ]);
      expect(lines.join('')).not.toContain('SENTINEL');
    });

    it.each([
      ['UTF-16 of the other order', Buffer.from('\uFEFFA=1', 'utf16le').swap16()],
      ['Latin-1', Buffer.from('A=\xFC', 'latin1')],
    ])('refuses %s', async (_what, bytes) => {
      await write('.env', bytes);
      expect(String(errorOf({ NODE_ENV: 'production' }))).toMatch(/\.env is not UTF-8 text/);
    });

    it('refuses a link that leads nowhere', async () => {
      await rm(join(directory, '.env.local'));
      await symlink('nowhere', join(directory, '.env.local'));
      expect(String(errorOf({ NODE_ENV: 'production' }))).toMatch(/\.env\.local cannot be read/);
    });
  });
});
