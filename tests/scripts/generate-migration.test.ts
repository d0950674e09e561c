import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chooseDrift } from '../../scripts/kit/generate/migration.ts';
import { makeClone, type Clone } from '../helpers/clone.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

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

describe('npm run generate migration', () => {
  const name = databaseName('drift');
  let clone: Clone;

  beforeAll(async () => {
    clone = makeClone();
    clone.write('.env.local', `DATABASE_URL=${await createEmptyDatabase(name)}\n`);
  });
  afterAll(async () => {
    clone.remove();
    await dropDatabase(name);
  });

  const addColumn = (path: string): void => {
    const column = "  @Column('text', { nullable: true })\n  shade!: string | null;\n\n";
    const text = clone.read(path);
    clone.write(
      path,
      text.replace(/^export class \w+ \{\n/m, (line) => `${line}${column}`),
    );
  };
  const generate = (module: string) =>
    clone.runScript('generate', 'migration', 'AddShade', '--module', module);

  it('writes the differences of one module with a timestamp after all migrations', () => {
    clone.write('src/api/users/migrations/4102444800000-newest.ts', '');
    addColumn('src/api/users/user.model.ts');
    const { code, output } = generate('users');
    const path = 'src/api/users/migrations/4102444800001-add-shade.ts';
    const index = 'src/api/users/index.ts';
    const columns = 'Added new columns to: docs/privacy.md. Describe what they hold.';
    expect([code, output]).toEqual([
      0,
      `Written: ${path}\nListed in: ${index}\n${columns}\nReview the migration before you commit it.\n`,
    ]);
    expect(clone.read(path).match(/ALTER TABLE.*;/g)).toEqual([
      'ALTER TABLE "users" ADD "shade" text`);',
      'ALTER TABLE "users" DROP COLUMN "shade"`);',
    ]);
    expect(clone.read(index)).toContain('AddShade4102444800001,');
  });

  it('writes nothing if other modules or the kernel differ, and names them', () => {
    for (const path of ['src/api/auth/session.model.ts', 'src/jobs/job.model.ts']) addColumn(path);
    const before = clone.status();
    const { code, output } = generate('auth');
    expect([code, output]).toEqual([
      1,
      expect.stringContaining(
        'also differ from their migrations:\n  the kernel (src/process/kernel-tables.ts)\n',
      ),
    ]);
    expect(clone.status()).toEqual(before);
  });
});
