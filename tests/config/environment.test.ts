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

  /** Each file sets the variables up to its own level to its name, so that the result shows which files were read. */
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

  it('ignores .env.local in tests, and files of other environments', () => {
    expect(load({ NODE_ENV: 'test' })).toMatchObject({ LEVEL_0: '.env' });
    expect(load({ NODE_ENV: 'production' })).toMatchObject({ LEVEL_0: '.env.local' });
  });

  it('lets the real environment win over every file', () => {
    const real = { NODE_ENV: 'development', ENV_FILE: 'remote.env', LEVEL_0: 'real', LEVEL_1: '' };
    expect(load(real)).toMatchObject({ LEVEL_0: 'real', LEVEL_1: '', LEVEL_2: 'remote.env' });
  });

  it('takes NODE_ENV from the real environment or the entry point, never from a file', async () => {
    await write('.env', 'NODE_ENV=test\nLEVEL_0=.env');
    expect(load({})['NODE_ENV']).toBe('production');
    expect(load({ NODE_ENV: '' })['NODE_ENV']).toBe('production');
    expect(load({}, 'development')).toMatchObject({
      NODE_ENV: 'development',
      LEVEL_0: '.env.development.local',
    });
  });

  it('works without any file', () => {
    expect(loadEnvironment('production', { A: '1' }, join(directory, 'nowhere'))).toEqual({
      A: '1',
      NODE_ENV: 'production',
    });
  });

  it('throws if ENV_FILE names a missing file', () => {
    expect(() => load({ ENV_FILE: 'missing.env' })).toThrow(
      `The environment file ${join(directory, 'missing.env')} cannot be read: check its name and its permissions.`,
    );
  });

  it('reads quotes, comments and spaces', async () => {
    await write('remote.env', '# a comment\nA="x # y"\nB = spaced \nC=\nexport D=1\n');
    expect(load({ ENV_FILE: 'remote.env' })).toMatchObject({ A: 'x # y', B: 'spaced', C: '', D: '1' });
  });

  it('reads the first setting after a byte order mark', async () => {
    await write('.env.development.local', '\uFEFFLEVEL_0=first\r\nLEVEL_1=second\r\n');
    expect(load({ NODE_ENV: 'development' })).toMatchObject({ LEVEL_0: 'first', LEVEL_1: 'second' });
  });

  it('ignores the service links of Kubernetes', () => {
    const links = {
      WORKER_PORT: 'tcp://10.0.0.1:80',
      WORKER_PORT_80_TCP_ADDR: '10.0.0.1',
      REDIS_PORT: 'udp://10.0.0.1:53',
    };
    const loaded = load({ ...links, SANDBOX_PORT: '4000', PORT: 'tcp://10.0.0.1:80' });
    expect(loaded).not.toHaveProperty('WORKER_PORT');
    expect(loaded).not.toHaveProperty('REDIS_PORT');
    // Keep the invalid PORT, so that it is reported. It was set on purpose, because a link to a service named `sandbox`
    // sets only SANDBOX_PORT.
    expect(loaded).toMatchObject({ SANDBOX_PORT: '4000', PORT: 'tcp://10.0.0.1:80' });
  });

  it('ignores PG* variables, except for the password', () => {
    const variables = { PGHOST: 'nowhere', PGUSER: 'x', PGOPTIONS: '-c x', PGSSLMODE: 'require', PGTZ: 'x' };
    const loaded = load({ ...variables, PGPASSWORD: 'p', PGPASSFILE: '/p' });
    expect(Object.keys(loaded).filter((name) => name.startsWith('PG'))).toEqual(['PGPASSWORD', 'PGPASSFILE']);
  });

  describe('with unreadable files', () => {
    const errorOf = (real: Environment): unknown => {
      try {
        load(real);
        return null;
      } catch (error) {
        return error;
      }
    };

    it('throws one ConfigError that lists every file and line', async () => {
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
    ])('rejects %s', async (_what, bytes) => {
      await write('.env', bytes);
      expect(String(errorOf({ NODE_ENV: 'production' }))).toMatch(/\.env is not UTF-8 text/);
    });

    it('rejects a dangling link', async () => {
      await rm(join(directory, '.env.local'));
      await symlink('nowhere', join(directory, '.env.local'));
      expect(String(errorOf({ NODE_ENV: 'production' }))).toMatch(/\.env\.local cannot be read/);
    });
  });
});
