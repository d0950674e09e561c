import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const client = join(root, 'clients/typescript');
const probe = join(client, 'src/probe.ts');

interface Schema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Compiles a source file as part of the client, with the client's options. Returns the errors. */
function compile(source: string): string[] {
  const { config } = ts.readConfigFile(join(client, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, client);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile: read } = host;
  host.fileExists = (path) => path === probe || fileExists(path);
  host.readFile = (path) => (path === probe ? source : read(path));
  host.getSourceFile = (path, version) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([probe], { ...options, noEmit: true }, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(probe))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the types of the TypeScript client', () => {
  let fields: { schema: string; field: string; hasDefault: boolean; isRequired: boolean }[];

  beforeAll(async () => {
    const { components } = JSON.parse(await readFile(join(root, 'openapi.json'), 'utf8')) as Document;
    fields = Object.entries(components.schemas).flatMap(([schema, { properties = {}, required = [] }]) =>
      Object.entries(properties).map(([field, value]) => ({
        schema,
        field,
        hasDefault: 'default' in value,
        isRequired: required.includes(field),
      })),
    );
  });

  it('require a field only if the API requires it, whether it has a default or not', () => {
    expect(fields.some(({ hasDefault }) => hasDefault)).toBe(true);
    const lines = fields.map(
      ({ schema, field, isRequired }, index) =>
        `export const f${index}: MayOmit<components['schemas']['${schema}'], '${field}'> = ${!isRequired};`,
    );
    const head = [
      "import type { components } from './schema.ts';",
      'type MayOmit<T, K extends PropertyKey> = T extends unknown ? K extends keyof T ? Record<never, never> extends Pick<T, K> ? true : false : never : never;',
    ];
    expect(compile([...head, ...lines].join('\n'))).toEqual([]);
  });
});
