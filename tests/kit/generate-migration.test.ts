import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeClone, type Clone } from '../helpers/clone.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

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
