import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { freeFormMark } from '../../src/core/schema.ts';
import { describeApp, replySchemasOf } from './routes.ts';

interface Node {
  readonly flags?: { readonly unknown?: boolean; readonly only?: boolean };
  readonly keys?: Readonly<Record<string, Node>>;
  readonly items?: readonly Node[];
  readonly patterns?: readonly { readonly rule?: Node }[];
  readonly matches?: readonly { readonly schema?: Node }[];
  readonly metas?: readonly Readonly<Record<string, unknown>>[];
  readonly type?: string;
}

/** Columns that a response must never contain. */
const secrets = [
  'passwordHash',
  'tokenVersion',
  'salt',
  'keyId',
  'deletedAt',
  'secretHash',
  'previousSecretHash',
];

/** Returns the places in a schema that could contain a secret. */
function leaksOf(node: Node, at = 'data'): string[] {
  // Accept a schema without fixed keys here: its values are only what the caller itself has stored.
  if (node.metas?.some((meta) => meta[freeFormMark] === true) === true) return [];
  const keys = Object.entries(node.keys ?? {});
  const listed = [...(node.items ?? []), ...(node.patterns ?? []).map(({ rule = { type: 'any' } }) => rule)];
  const alternatives = (node.matches ?? []).map(({ schema = { type: 'any' } }) => schema);
  const inner = [...keys, ...[...listed, ...alternatives].map((item) => ['*', item] as const)];
  const isOpenObject = node.type === 'object' && node.keys === undefined && node.patterns === undefined;
  // A schema of type `any` accepts everything unless `valid(…)` limits it to the listed values.
  const isAnything = node.type === 'any' && node.flags?.only !== true;
  return [
    ...keys.filter(([key]) => secrets.includes(key)).map(([key]) => `${at}.${key}`),
    ...(node.flags?.unknown === true || isOpenObject || isAnything ? [`${at} takes anything`] : []),
    ...(node.patterns === undefined ? [] : [`${at} takes any key`]),
    ...inner.flatMap(([key, child]) => leaksOf(child, `${at}.${key}`)),
  ];
}

// The data export has no fixed schema, because each module adds its own part. The test below checks it.
const open = 'GET /api/v1/users/me/export 200';

/** The details of an audit event may have any keys, because the keys depend on the type of the event. */
const anyKey: Record<string, string[]> = {
  'GET /api/v1/audit-events 200': ['data.*.details takes any key'],
};

describe('reply schemas', () => {
  const schemas = describeApp().modules.routes.flatMap(replySchemasOf);

  it.each(schemas.filter(({ name }) => name !== open).map(({ name, schema }) => [name, schema] as const))(
    '%s: allows only the fields of its view',
    (name, schema) => {
      expect(leaksOf(schema.describe() as Node)).toEqual(anyKey[name] ?? []);
    },
  );

  it('include the one that is open', () => {
    expect(schemas.map(({ name }) => name)).toContain(open);
  });

  describe('the export of personal data', () => {
    let test: TestApp;
    beforeAll(async () => {
      test = await buildTestApp();
    });
    afterAll(() => test.close());

    it('has the part of each module and no secret', async () => {
      const response = await test
        .as(await test.buildUser())
        .get('/users/me/export')
        .expect(200);
      expect(Object.keys(response.body.data as object)).toEqual(
        expect.arrayContaining(['audit', 'auth', 'idempotency', 'user']),
      );
      for (const secret of secrets) expect(response.text).not.toContain(secret);
    });
  });
});
