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
const shared = 1;
function internal(): number {
  return shared;
}
`;

describe('renderKernelReference', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'strata-kernel-'));
    for (const folder of ['core', 'jobs']) mkdirSync(join(root, 'src', folder), { recursive: true });
    writeFileSync(join(root, 'tsconfig.json'), '{ "compilerOptions": { "strict": true, "types": [] } }');
    writeFileSync(join(root, 'src/core/a.ts'), source);
    writeFileSync(join(root, 'src/jobs/b.ts'), 'export const internal = 1;\nconst shared = 2;\n');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('replaces a name with its doc comment and its signature', () => {
    expect(renderKernelReference(root, '# Page\n\n{{ lengthOf }}\n')).toBe(
      [
        '# Page',
        '',
        '### `lengthOf`',
        '',
        'Returns the length\nof a text.',
        '',
        '```ts',
        '// src/core/a.ts',
        'const lengthOf: (text: string, options?: Options) => number;',
        '```',
        '',
      ].join('\n'),
    );
  });

  it('keeps the doc comments of members and leaves out private ones', () => {
    const page = renderKernelReference(root, '{{ Options, Counter }}');
    expect(page).toContain('/** How long to wait. */');
    expect(page).toContain('/** Adds one. */\n    add(): number;');
    expect(page).not.toMatch(/secret|private|hidden/);
  });

  it('prefers the file that exports a name', () => {
    expect(renderKernelReference(root, '{{ internal }}')).toContain('// src/jobs/b.ts\nconst internal = 1;');
  });

  it.each([
    ['missing', 'no file'],
    ['shared', 'more than one file'],
  ])('rejects the name "%s", which %s declares', (name, reason) => {
    expect(() => renderKernelReference(root, `{{ ${name} }}`)).toThrow(
      `kernel-template.md names "${name}", which ${reason} of`,
    );
  });

  it('lists the statuses of error kinds and the errors of every route', () => {
    writeFileSync(join(root, 'src/core/errors.ts'), "export type ErrorKind = 'invalid' | 'not_found';\n");
    const page = renderKernelReference(root, '{{ @errorKinds }}\n{{ @coreErrors }}');
    expect(page).toContain('| `invalid` | 400 |\n| `not_found` | 404 |');
    expect(page).toContain('| `forbidden` | 403 | `FORBIDDEN` |');
  });
});
