import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment, type Environment, type NodeEnv } from '../../src/config/environment.ts';

describe('loadEnvironment', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'strata-env-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const write = (name: string, text: string) => writeFile(join(directory, name), text);
  const load = (real: Environment, otherwise: NodeEnv = 'production') =>
    loadEnvironment(otherwise, real, directory);

  /** Each file says which it is, so that the last one that was read shows. */
  const names = ['.env', '.env.development', '.env.local', '.env.development.local', 'remote.env'];
  beforeEach(async () => {
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
});
