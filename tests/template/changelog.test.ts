import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

// A product does not have this test, because it has its own changelog and version.
const root = join(import.meta.dirname, '../..');

interface Manifest {
  readonly version: string;
  readonly template: { readonly version: string };
}

describe('the changelog of the template', () => {
  let entries: { version: string; text: string }[];
  let manifest: Manifest;

  beforeAll(async () => {
    manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
    const [, ...parts] = (await readFile(join(root, 'CHANGELOG.md'), 'utf8')).split(/^## /m);
    entries = parts.map((text) => ({ version: /^\[([^\]]+)\]/.exec(text)?.[1] ?? '', text }));
  });

  it('has a section "For clones" in each entry', () => {
    expect(entries.length).toBeGreaterThan(0);
    const without = entries.filter(({ text }) => !/^### For clones\n\n- \S/m.test(text));
    expect(without.map(({ version }) => version)).toEqual([]);
  });

  it('has an entry for the template version in package.json', () => {
    expect(entries.map(({ version }) => version)).toContain(manifest.template.version);
    expect(manifest.template.version).toBe(manifest.version);
  });
});
