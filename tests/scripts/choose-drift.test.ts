import { describe, expect, it } from '@jest/globals';
import { chooseDrift } from '../../scripts/kit/generate/migration.ts';

const drift = (query: string) => ({ up: [{ query }], down: [] });

describe('chooseDrift', () => {
  const byModule = new Map([
    ['the kernel (src/process/kernel-tables.ts)', drift('a')],
    ['users', drift('b')],
    ['auth', drift('c')],
  ]);

  it('returns the differences of the module if no other differs', () => {
    expect(chooseDrift(new Map([['users', drift('b')]]), { module: 'users' })).toEqual(drift('b'));
  });

  it('throws and names the other modules that differ', () => {
    const choose = () => chooseDrift(byModule, { module: 'users' });
    expect(choose).toThrow(
      /^Other modules also differ.*:\n {2}the kernel \(src\/process\/kernel-tables\.ts\)\n {2}auth\n.*--only/,
    );
  });

  it('ignores other modules with --only', () => {
    expect(chooseDrift(byModule, { module: 'auth', isOnly: true })).toEqual(drift('c'));
  });

  it('throws if the module has no differences and names the modules that do', () => {
    const choose = (isOnly: boolean) => () => chooseDrift(byModule, { module: 'mail', isOnly });
    expect(choose(false)).toThrow(
      /nothing to migrate.*:\n {2}the kernel \(src\/process\/kernel-tables\.ts\)\n {2}users\n {2}auth$/,
    );
    expect(choose(true)).toThrow('nothing to migrate');
  });
});
