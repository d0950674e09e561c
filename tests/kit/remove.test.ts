import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeClone, type Clone } from '../helpers/clone.ts';

const noteModule = `import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { defineModule } from '../../module.ts';

@Entity('notes')
class Note {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  text!: string;
}

class CreateNotes1895000000000 implements MigrationInterface {
  readonly name = 'CreateNotes1895000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id uuid PRIMARY KEY, text text NOT NULL)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

export const notesModule = defineModule({
  name: 'notes',
  path: '/notes',
  entities: [Note],
  migrations: [CreateNotes1895000000000],
  create: () => ({ api: {}, routes: [] }),
});
`;

describe('npm run remove module', () => {
  let clone: Clone;

  beforeAll(() => {
    clone = makeClone();
  });
  afterAll(() => {
    clone.remove();
  });

  const addNotes = (): void => {
    clone.write('src/api/notes/index.ts', noteModule);
    const list = clone.read('src/modules.ts');
    const line = "import { notesModule } from './api/notes/index.ts';\n";
    clone.write('src/modules.ts', (line + list).replace(/^\];$/m, '  notesModule,\n];'));
  };

  it.each([
    ['users', 'users cannot be removed: '],
    ['carts', 'There is no module "carts"'],
  ])('rejects %s with a reason and changes nothing', (name, reason) => {
    const { code, output } = clone.runScript('remove', 'module', name);
    expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
    expect(output).toContain('Nothing was changed.');
    expect(clone.status()).toEqual([]);
  });

  it('requires --force for an uncommitted module and leaves nothing of it', () => {
    addNotes();
    const rejected = clone.runScript('remove', 'module', 'notes');
    expect([rejected.code, rejected.output]).toEqual([
      1,
      expect.stringContaining('pass --force to delete them'),
    ]);
    expect(clone.has('src/api/notes/index.ts')).toBe(true);
    const { code, output } = clone.runScript('remove', 'module', 'notes', '--force');
    expect([code, output]).toEqual([0, expect.stringContaining('Removed notes.')]);
    expect(clone.status()).toEqual([]);
    expect(clone.has('src/api/notes')).toBe(false);
  });

  it('rejects a removal that breaks an import of a remaining file', () => {
    addNotes();
    clone.write('src/utils/borrowed.ts', "export { notesModule } from '../api/notes/index.ts';\n");
    const { code, output } = clone.runScript('remove', 'module', 'notes', '--force');
    expect([code, output]).toEqual([
      1,
      expect.stringContaining('src/utils/borrowed.ts imports src/api/notes/index.ts'),
    ]);
    expect(clone.has('src/api/notes/index.ts')).toBe(true);
    clone.write('src/utils/borrowed.ts', '');
    clone.runScript('remove', 'module', 'notes', '--force');
  });

  // #region product-imports
  it('prints the changes with --dry-run and makes none', () => {
    clone.commit();
    const { code, output } = clone.runScript('remove', 'module', 'product-imports', '--dry-run');
    expect([code, output]).toEqual([0, expect.stringContaining('would remove product-imports.')]);
    expect(output).toMatch(/removed from package\.json.*\n {2}csv-parse/);
    expect(clone.status()).toEqual([]);
  });

  it('removes a module with its code, dependencies and docs, and writes a migration that drops its tables', () => {
    const { code, output } = clone.runScript('remove', 'module', 'product-imports');
    expect([code, output]).toEqual([0, expect.stringContaining('npm run db:migrate')]);
    expect(clone.has('src/api/product-imports')).toBe(false);
    expect(clone.has('tests/api/product-imports')).toBe(false);
    expect(clone.read('src/modules.ts')).not.toContain('productImports');
    expect(clone.read('docs/privacy.md')).not.toContain('product_imports.');
    const manifest = JSON.parse(clone.read('package.json')) as { dependencies: object };
    expect(manifest.dependencies).not.toHaveProperty('csv-parse');
    const lock = clone.read('package-lock.json');
    expect(lock).not.toContain('node_modules/csv-parse"');
    expect(lock).not.toContain('"resolved"');
    const [added] = clone.status().filter((line) => line.startsWith('??'));
    expect(added).toMatch(/src\/db\/migrations\/\d+-drop-product-imports\.ts$/);
    expect(clone.read(added?.slice(3) ?? '')).toContain('DROP TABLE IF EXISTS "product_imports" CASCADE');
    expect(clone.read('src/process/kernel-tables.ts')).toMatch(/ {2}DropProductImports\d+,\n\];/);
  });
  // #endregion
});
