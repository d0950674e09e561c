import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderKernelReference } from '../../scripts/contract/kernel-reference.ts';

const source = `
export interface Options {
  /** How long to wait. */
  readonly waitSeconds?: number;
}
/**
 * Returns the length
 * of a text.
 */
export const lengthOf = (text: string, options: Options = {}) => text.length + (options.waitSeconds ?? 0);
/** Counts. */
export class Counter {
  readonly #secret = 1;
  private hidden = 2;
  /** Adds one. */
  add(): number {
    return this.#secret + this.hidden;
  }
}
`;

describe('renderKernelReference', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'strata-kernel-'));
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }');
    writeFileSync(join(root, 'src/a.ts'), source);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const render = (list: string): string => {
    writeFileSync(join(root, 'list.ts'), list);
    return renderKernelReference(root, 'list.ts');
  };

  it('returns the comment before an export, and the doc comment and signature of each name in it', () => {
    expect(render("// Not this.\n/*\n# Page\n*/\nexport { lengthOf } from './src/a.ts';\n")).toBe(
      [
        '# Page',
        '',
        '### `lengthOf`',
        '',
        'Returns the length\nof a text.',
        '',
        '```ts',
        '// src/a.ts',
        'const lengthOf: (text: string, options?: Options) => number;',
        '```',
        '',
      ].join('\n'),
    );
  });

  it('keeps the doc comments of members and omits private members', () => {
    const page = render("export { type Options, Counter } from './src/a.ts';\n");
    expect(page).toContain('/** How long to wait. */');
    expect(page).toContain('/** Adds one. */\n    add(): number;');
    expect(page).not.toMatch(/secret|private|hidden/);
  });

  it('rejects a name that its file does not declare', () => {
    expect(() => render("export { missing } from './src/a.ts';\n")).toThrow(
      'src/a.ts does not declare "missing"',
    );
  });

  it('lists the statuses of error kinds and the errors of every route', () => {
    writeFileSync(join(root, 'src/b.ts'), "export type ErrorKind = 'invalid' | 'not_found';\n");
    const page = render(
      "/*\n{{ error kinds }}\n\n{{ core errors }}\n*/\nexport type { ErrorKind } from './src/b.ts';\n",
    );
    expect(page).toContain('| `invalid` | 400 |\n| `not_found` | 404 |');
    expect(page).toContain('| `forbidden` | 403 | `FORBIDDEN` |');
  });
});
