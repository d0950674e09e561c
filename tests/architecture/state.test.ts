import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const api = fileURLToPath(new URL('../../src/api/', import.meta.url));
const containers = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']);

/** Returns the module-level variables that can hold state: `let`, `var`, mutable static fields and containers. */
function findState(code: string): string[] {
  const file = ts.createSourceFile('file.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return findInVariables(statement.declarationList);
    if (ts.isClassDeclaration(statement)) return statement.members.filter(isMutableStatic).map(nameOf);
    return [];
  });
}

function findInVariables(list: ts.VariableDeclarationList): string[] {
  const isConst = (list.flags & ts.NodeFlags.Const) !== 0;
  return list.declarations.filter(({ initializer }) => !isConst || isContainer(initializer)).map(nameOf);
}

function isMutableStatic(member: ts.ClassElement): boolean {
  if (!ts.isPropertyDeclaration(member)) return false;
  const kinds = new Set(member.modifiers?.map(({ kind }) => kind));
  if (!kinds.has(ts.SyntaxKind.StaticKeyword)) return false;
  return !kinds.has(ts.SyntaxKind.ReadonlyKeyword) || isContainer(member.initializer);
}

function isContainer(value: ts.Expression | undefined): boolean {
  return (
    value !== undefined &&
    ts.isNewExpression(value) &&
    ts.isIdentifier(value.expression) &&
    containers.has(value.expression.text)
  );
}

const nameOf = (node: ts.NamedDeclaration): string => node.name?.getText() ?? '';

describe('rule 9: no module-level state in src/api', () => {
  it.each([
    'let count = 0;',
    'export let count = 0;',
    'var count = 0;',
    'const count = new Map<string, number>();',
    'export const count = new Set();',
    'const count = new WeakMap();',
    'const count = new Array(3);',
    'class Orders { static count = 0; }',
    'class Orders { static readonly count = new Map(); }',
  ])('rejects: %s', (code) => {
    expect(findState(code)).toEqual(['count']);
  });

  it.each([
    'export const limit = 50;',
    'export const kinds = ["a", "b"] as const;',
    'export function make() { let count = 0; return () => (count += 1); }',
    'export class Orders { private count = new Map(); static readonly limit = 5; }',
  ])('allows: %s', (code) => {
    expect(findState(code)).toEqual([]);
  });

  it('accepts all modules', async () => {
    const files = (await readdir(api, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const found = await Promise.all(
      files.map(async (name) =>
        findState(await readFile(join(api, name), 'utf8')).map((variable) => `${name}: ${variable}`),
      ),
    );
    expect(files).not.toEqual([]);
    expect(found.flat()).toEqual([]);
  });
});
