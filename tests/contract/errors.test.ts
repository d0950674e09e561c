import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { languages } from '../../src/core/languages.ts';
import { coreErrors, type ErrorFactory } from '../../src/core/errors.ts';
import { statusOf } from '../../src/http/envelope.ts';
import { crossSiteErrors } from '../../src/middleware/cross-site.ts';
import { describeApp, nameOf } from './routes.ts';

const root = join(import.meta.dirname, '../..');

const filesIn = async (folder: string, ending: string): Promise<string[]> =>
  (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));

const isFactory = (value: unknown): value is ErrorFactory =>
  typeof value === 'function' && 'kind' in value && 'code' in value;

/** Returns the errors that these files declare with `defineErrors`. */
async function errorsIn(files: readonly string[]): Promise<ErrorFactory[]> {
  const exported = await Promise.all(
    files.map(async (file) => import(pathToFileURL(file).href) as Promise<object>),
  );
  return exported.flatMap((module) =>
    Object.values(module)
      .flatMap((table: object) => Object.values(table))
      .filter(isFactory),
  );
}

describe('error codes', () => {
  let ofModules: ErrorFactory[];
  let declared: ErrorFactory[];
  let testSources: string;

  beforeAll(async () => {
    ofModules = await errorsIn(await filesIn('src/api', '.errors.ts'));
    declared = [...Object.values(coreErrors), ...Object.values(crossSiteErrors), ...ofModules];
    const files = [...(await filesIn('tests', '.test.ts')), ...(await filesIn('src', '.test.ts'))];
    const others = files.filter((file) => file !== import.meta.filename);
    testSources = (await Promise.all(others.map((file) => readFile(file, 'utf8')))).join('\n');
  });

  it('are found in the modules', () => {
    expect(ofModules.length).toBeGreaterThan(10);
  });

  it('are UPPER_SNAKE_CASE and have a message that is a sentence', () => {
    for (const { code, message } of declared) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
      expect(message).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('have a message in every language', () => {
    for (const { code, message, texts } of declared) {
      expect([code, Object.keys(texts).sort()]).toEqual([code, [...languages].sort()]);
      expect(texts.en).toBe(message);
      for (const text of Object.values(texts))
        expect([code, text]).toEqual([code, expect.stringMatching(/^[A-ZÄÖÜ].*\.$/)]);
    }
  });

  it('have unique codes and messages', () => {
    const codes = declared.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    for (const language of languages) {
      const messages = declared.map(({ texts }) => texts[language]);
      expect(messages.filter((message, index) => messages.indexOf(message) !== index)).toEqual([]);
    }
  });

  it('are declared at most once per route, and only known ones', () => {
    for (const bound of describeApp().modules.routes) {
      const codes = (bound.route.errors ?? []).map(({ code }) => code);
      expect([nameOf(bound), new Set(codes).size]).toEqual([nameOf(bound), codes.length]);
      const known = new Set(declared);
      expect((bound.route.errors ?? []).filter((error) => !known.has(error))).toEqual([]);
    }
  });

  it('have a status', () => {
    for (const { kind } of declared) expect(statusOf(kind)).toBeGreaterThanOrEqual(400);
  });

  it('are each mentioned in a test', () => {
    const missing = declared
      .map(({ code }) => code)
      .filter((code) => !new RegExp(`\\b${code}\\b`).test(testSources));
    expect(missing).toEqual([]);
  });
});
