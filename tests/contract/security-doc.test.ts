import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * The levels of the requirements in each section of OWASP ASVS 5.0.0, one digit each: in '1.2', the first digit is the
 * level of requirement 1.2.1.
 */
const levels: Readonly<Record<string, string>> = {
  '1.1': '22', '1.2': '1111122223', '1.3': '112222222223', '1.4': '222', '1.5': '123',
  '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23',
  '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3', '3.7': '22333',
  '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222',
  '5.1': '2', '5.2': '112333', '5.3': '113', '5.4': '222',
  '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333', '6.6': '2223', '6.7': '33', '6.8': '2222',
  '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22',
  '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23',
  '9.1': '111', '9.2': '1222',
  '10.1': '22', '10.2': '223', '10.3': '22223', '10.4': '1111122222233333', '10.5': '22222', '10.6': '22', '10.7': '222',
  '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23', '11.6': '23', '11.7': '33',
  '12.1': '12233', '12.2': '11', '12.3': '22223',
  '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233',
  '14.1': '22', '14.2': '12223333', '14.3': '122',
  '15.1': '12233', '15.2': '12233', '15.3': '1222222', '15.4': '3333',
  '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223',
  '17.1': '23', '17.2': '22223333', '17.3': '22',
}; // prettier-ignore

const requirements = Object.entries(levels).flatMap(([section, digits]) =>
  Array.from(digits, (level, index) => ({ number: `${section}.${index + 1}`, level: Number(level) })),
);

interface Row {
  readonly heading: string;
  readonly numbers: readonly string[];
  readonly cells: readonly string[];
}

/** Turns `3.3.1–3.3.4, 3.7.2` into a list of single numbers. Throws if the text has another form. */
function numbersIn(cell: string): string[] {
  return cell.split(', ').flatMap((part) => {
    const [, section, from, end, to] = /^(\d+\.\d+)\.(\d+)(?:–(\d+\.\d+)\.(\d+))?$/.exec(part) ?? [];
    if (section === undefined || from === undefined || (end ?? section) !== section)
      throw new Error(`docs/asvs.md: "${cell}" is not a list of requirements, such as 3.3.1–3.3.4, 3.7.2.`);
    const [first, last] = [Number(from), Number(to ?? from)];
    return Array.from({ length: last - first + 1 }, (_, index) => `${section}.${first + index}`);
  });
}

function rowsIn(page: string): Row[] {
  return page.split('\n## ').flatMap((part) => {
    const [heading = '', ...lines] = part.split('\n');
    return lines
      .filter((line) => /^\| \d/.test(line))
      .map((line) => {
        const [numbers = '', ...cells] = line.slice(1, -1).split('|').map((cell) => cell.trim()); // prettier-ignore
        return { heading, numbers: numbersIn(numbers), cells };
      });
  });
}

const pathsIn = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '').filter((path) => /\/|\.\w+$/.test(path));

const withReason = ['Not met', 'Left to the operator', 'Does not apply'];

describe('docs/security.md and docs/asvs.md', () => {
  let pages: { readonly security: string; readonly asvs: string };
  let rows: Row[];
  let met: Row[];

  beforeAll(async () => {
    const read = (name: string) => readFile(join(root, 'docs', name), 'utf8');
    pages = { security: await read('security.md'), asvs: await read('asvs.md') };
    rows = rowsIn(pages.asvs);
    met = rows.filter(({ heading }) => !withReason.includes(heading));
  });

  it('is checked against 70 requirements of level 1, 183 of level 2 and 92 of level 3', () => {
    const count = (wanted: number) => requirements.filter(({ level }) => level === wanted).length;
    expect([count(1), count(2), count(3)]).toEqual([70, 183, 92]);
  });

  it('lists every requirement of levels 1 and 2 once, and no unknown requirement', () => {
    const listed = rows.flatMap(({ numbers }) => numbers);
    const needed = requirements.filter(({ level }) => level < 3).map(({ number }) => number);
    const known = new Set(requirements.map(({ number }) => number));
    expect(needed.filter((number) => !listed.includes(number))).toEqual([]);
    expect(listed.filter((number, index) => listed.indexOf(number) !== index)).toEqual([]);
    expect(listed.filter((number) => !known.has(number))).toEqual([]);
  });

  it('names the code and the test of each requirement met, or links its documentation', () => {
    expect(met.length).toBeGreaterThan(60);
    for (const { numbers, cells } of met) {
      const [summary = '', places = '', proof = '', ...more] = cells;
      const tests = pathsIn(proof).filter((path) => path.endsWith('.test.ts'));
      const isProven = tests.length > 0 || /^— documentation: \[.+\]\(.+\)/.test(proof);
      const hasSummary = summary !== '';
      const hasCode = pathsIn(places).length > 0;
      const row = { numbers, hasSummary, hasCode, isProven, more };
      expect(row).toEqual({ numbers, hasSummary: true, hasCode: true, isProven: true, more: [] });
    }
  });

  it('states a reason for each requirement that is not met, left to the operator or not applicable', () => {
    for (const heading of withReason) {
      const found = rows.filter((row) => row.heading === heading);
      expect(found).not.toEqual([]);
      for (const { cells } of found) expect((cells.at(-1) ?? '').length).toBeGreaterThan(15);
    }
  });

  it('names files and headings that exist', async () => {
    const files = met.flatMap(({ cells }) => pathsIn(cells.slice(1).join(' ')));
    const linked = Object.values(pages).flatMap((page) =>
      [...page.matchAll(/\]\(([^)#:]*)(?:#([^)]+))?\)/g)].map(([, path, anchor]) => ({ page, path, anchor })),
    );
    const links = linked.flatMap(({ path }) => (path ? [join('docs', path)] : []));
    const missing = [...files, ...links].filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
    for (const { page, path, anchor } of linked.filter((link) => link.anchor !== undefined)) {
      const text = path ? await readFile(join(root, 'docs', path), 'utf8') : page;
      const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'),
      ); // prettier-ignore
      expect(anchors).toContain(anchor);
    }
  });

  it('lists exactly the event types of the audit trail', async () => {
    const [, section = ''] = pages.security.split('\n## Audit and suspicious activity\n');
    const listed = [...(section.split('\n## ')[0] ?? '').matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, name]) => name); // prettier-ignore
    const entries = await readdir(join(root, 'src/api'), { recursive: true });
    const sources = entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const texts = await Promise.all(sources.map((name) => readFile(join(root, 'src/api', name), 'utf8')));
    const pattern =
      /'((?:api_keys|auth|mfa|oidc|operations|organizations|security|users|webhook_endpoints)\.[a-z_]+)'/g;
    // Exclude names of the same form that are not events: this one is a rate limit.
    const others = ['organizations.invite'];
    const recorded = texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
    const events = [...new Set(recorded)].filter((name) => !others.includes(name));
    expect(events.length).toBeGreaterThan(15);
    expect([...listed].sort()).toEqual(events.sort());
  });
});
