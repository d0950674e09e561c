import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareDocuments } from '../../scripts/contract/compare.ts';
import type { OpenApi } from '../../scripts/contract/document.ts';
import { findLastRelease, readRelease } from '../../scripts/contract/release.ts';
import { mayBreak } from '../../scripts/contract/version.ts';

/** Returns a document that contains one of each element that can be compared. */
const makeDocument = () => ({
  paths: {
    '/things': {
      get: {
        security: [{}, { bearer: [] }] as object[],
        parameters: [
          { name: 'sort', in: 'query', required: false, schema: { type: 'string', enum: ['a', 'b'] } },
          { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
        ],
        responses: {
          200: {
            headers: { ETag: {} } as Record<string, object>,
            content: { 'application/json': { schema: { type: 'array', items: ref('Thing') } } } as object,
          },
        },
      },
      post: {
        security: [{ bearer: [] }],
        'x-permission': 'things:write',
        requestBody: { required: true, content: { 'application/json': { schema: ref('NewThing') } } },
        responses: { 201: json(ref('Thing')), 409: { $ref: '#/components/responses/TAKEN' } },
      },
      delete: { security: [{ bearer: [] }], responses: { 204: {} } },
    } as Record<string, Record<string, unknown>>,
  },
  components: {
    responses: { TAKEN: json({ allOf: [ref('Error'), { properties: { code: { enum: ['TAKEN'] } } }] }) },
    schemas: {
      Error: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
      Thing: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          state: { type: 'string', enum: ['on', 'off'] },
          madeAt: { type: 'string', format: 'date-time' },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
        required: ['name', 'state', 'madeAt'],
        additionalProperties: false,
      },
      NewThing: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 80, pattern: '^a' },
          state: { type: 'string', enum: ['on', 'off'] },
          count: { type: 'number', minimum: 0 },
          tags: { type: 'array', items: { type: 'string' } },
          size: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
        },
        required: ['name'],
        additionalProperties: false,
      },
    } as Record<string, { properties: Record<string, Record<string, unknown>>; required: string[] }>,
  },
});

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}
function json(schema: object): object {
  return { content: { 'application/json': { schema } } };
}

type Draft = ReturnType<typeof makeDocument>;
type Edit = (draft: Draft) => unknown;

const change = (edit: Edit): string[] => {
  const draft = makeDocument();
  edit(draft);
  const changes = compareDocuments(makeDocument() as unknown as OpenApi, draft as unknown as OpenApi);
  return changes.map(
    ({ isBreaking, operations, text }) =>
      `${isBreaking ? 'breaking' : 'addition'} ${operations.join(', ')}: ${text}`,
  );
};

const operation = (draft: Draft, method: string) => draft.paths['/things'][method] as object;
const field = (draft: Draft, schema: string, name: string) =>
  draft.components.schemas[schema]?.properties[name] ?? {};

const newField = (draft: Draft, name: string, schema: object) =>
  Object.assign(draft.components.schemas['NewThing']?.properties ?? {}, { [name]: schema });

const thingList = { type: 'array', items: ref('Thing') };

const errorReply = (...codes: string[]): object =>
  json({ allOf: [ref('Error'), { properties: { code: { enum: codes } } }] });

const addParameter = (draft: Draft, added: object) => {
  const get = operation(draft, 'get') as { parameters: object[] };
  get.parameters.push(added);
};

const parameter = (draft: Draft, name: string, schema: object) => {
  const { parameters } = operation(draft, 'get') as { parameters: { name: string; schema: object }[] };
  for (const candidate of parameters) if (candidate.name === name) candidate.schema = schema;
};

const replaceReply = (draft: Draft, headers: object, reply: object) =>
  Object.assign(operation(draft, 'get'), { responses: { 200: { headers, ...reply } } });

const cases: readonly [string, Edit, string[]][] = [
  [
    'a removed operation',
    (d) => delete d.paths['/things']['delete'],
    ['breaking DELETE /things: was removed'],
  ],
  [
    'a new operation',
    (d) => Object.assign(d.paths['/things'], { put: { responses: {} } }),
    ['addition PUT /things: was added'],
  ],
  [
    'a deprecation',
    (d) => Object.assign(operation(d, 'get'), { deprecated: true }),
    ['addition GET /things: is deprecated'],
  ],
  [
    'a new authentication requirement',
    (d) => Object.assign(operation(d, 'get'), { security: [{ bearer: [] }] }),
    ['breaking GET /things: now requires authentication'],
  ],
  [
    'a removed authentication requirement',
    (d) => Object.assign(operation(d, 'delete'), { security: [] }),
    ['addition DELETE /things: no longer requires authentication'],
  ],
  [
    'a new permission',
    (d) => Object.assign(operation(d, 'delete'), { 'x-permission': 'things:write' }),
    ['breaking DELETE /things: now requires the permission `things:write` instead of none'],
  ],
  [
    'a removed permission',
    (d) => Reflect.deleteProperty(operation(d, 'post'), 'x-permission'),
    ['addition POST /things: no longer requires the permission `things:write`'],
  ],
  [
    'a replaced error code',
    (d) => (d.components.responses.TAKEN = errorReply('GONE')),
    [
      'breaking POST /things: no longer returns the error `TAKEN`',
      'addition POST /things: can return the error `GONE`',
    ],
  ],
  [
    'a new second-factor requirement',
    (d) => (d.components.responses.TAKEN = errorReply('TAKEN', 'AUTH_MFA_REQUIRED')),
    ['breaking POST /things: now restricts access: it can return the error `AUTH_MFA_REQUIRED`'],
  ],
  [
    'a removed parameter',
    (d) => Object.assign(operation(d, 'get'), { parameters: [] }),
    ['breaking GET /things: no longer accepts the query parameter `sort`'],
  ],
  [
    'a new required parameter',
    (d) => addParameter(d, { name: 'q', in: 'query', required: true }),
    ['breaking GET /things: accepts the new required query parameter `q`'],
  ],
  [
    'a new optional parameter',
    (d) => addParameter(d, { name: 'q', in: 'query' }),
    ['addition GET /things: accepts the new query parameter `q`'],
  ],
  [
    'a replaced value of a parameter',
    (d) => parameter(d, 'sort', { type: 'string', enum: ['a', 'c'] }),
    [
      'breaking GET /things: `sort` no longer accepts `"b"`',
      'addition GET /things: `sort` also accepts `"c"`',
    ],
  ],
  [
    'a removed request body',
    (d) => Reflect.deleteProperty(operation(d, 'post'), 'requestBody'),
    ['breaking POST /things: no longer accepts a body'],
  ],
  [
    'a new required request body',
    (d) => Object.assign(operation(d, 'delete'), { requestBody: { required: true, ...json({}) } }),
    ['breaking DELETE /things: now requires a body'],
  ],
  [
    'a replaced request media type',
    (d) =>
      Object.assign(operation(d, 'post'), { requestBody: { required: true, content: { 'text/csv': {} } } }),
    [
      'breaking POST /things: no longer accepts `application/json`',
      'addition POST /things: also accepts `text/csv`',
    ],
  ],
  [
    'a replaced status',
    (d) => Object.assign(operation(d, 'delete'), { responses: { 202: {} } }),
    ['breaking DELETE /things: no longer returns 204', 'addition DELETE /things: can return 202'],
  ],
  [
    'a removed response header',
    (d) => replaceReply(d, {}, json(thingList)),
    ['breaking GET /things: no longer returns 200 with `ETag`'],
  ],
  [
    'a new response header',
    (d) => replaceReply(d, { ETag: {}, Link: {} }, json(thingList)),
    ['addition GET /things: returns 200 with `Link`'],
  ],
  [
    'a removed response media type',
    (d) => replaceReply(d, { ETag: {} }, {}),
    ['breaking GET /things: no longer returns 200 as `application/json`'],
  ],
  [
    'a removed response field',
    (d) => delete d.components.schemas['Thing']?.properties['note'],
    ['breaking GET /things, POST /things: `Thing.note` was removed from the response'],
  ],
  [
    'a new response field',
    (d) => Object.assign(d.components.schemas['Thing']?.properties ?? {}, { color: {} }),
    ['addition GET /things, POST /things: `Thing.color` was added to the response'],
  ],
  [
    'a response field that becomes optional',
    (d) => d.components.schemas['Thing']?.required.pop(),
    ['breaking GET /things, POST /things: `Thing.madeAt` may be missing from the response'],
  ],
  [
    'a response field with another type',
    (d) => Object.assign(field(d, 'Thing', 'name'), { type: 'integer' }),
    ['breaking GET /things, POST /things: `Thing.name` in the response was string and is integer'],
  ],
  [
    'a response field that becomes nullable',
    (d) => Object.assign(field(d, 'Thing', 'name'), { type: ['string', 'null'] }),
    ['breaking GET /things, POST /things: `Thing.name` in the response was string and is string or null'],
  ],
  [
    'a new value of a response enum',
    (d) => Object.assign(field(d, 'Thing', 'state'), { enum: ['on', 'off', 'idle'] }),
    ['breaking GET /things, POST /things: `Thing.state` in the response can now be `"idle"`'],
  ],
  [
    'nothing for a removed value of a response enum',
    (d) => Object.assign(field(d, 'Thing', 'state'), { enum: ['on'] }),
    [],
  ],
  [
    'a response field that is no longer an enum',
    (d) => Reflect.deleteProperty(field(d, 'Thing', 'state'), 'enum'),
    ['breaking GET /things, POST /things: `Thing.state` in the response is no longer only `"on"`, `"off"`'],
  ],
  [
    'a removed response format',
    (d) => Reflect.deleteProperty(field(d, 'Thing', 'madeAt'), 'format'),
    ['breaking GET /things, POST /things: `Thing.madeAt` in the response no longer has the same format'],
  ],
  [
    'a new alternative in a response',
    (d) => (field(d, 'Thing', 'note')['anyOf'] as object[]).push({ type: 'object' }),
    ['breaking GET /things, POST /things: `Thing.note` in the response has a new alternative'],
  ],
  [
    'a request field that becomes required',
    (d) => d.components.schemas['NewThing']?.required.push('state'),
    ['breaking POST /things: `NewThing.state` is now required'],
  ],
  [
    'a new required request field',
    (d) => {
      newField(d, 'color', {});
      d.components.schemas['NewThing']?.required.push('color');
    },
    ['breaking POST /things: `NewThing.color` was added as required'],
  ],
  [
    'a new request field',
    (d) => newField(d, 'color', {}),
    ['addition POST /things: `NewThing.color` was added'],
  ],
  [
    'a removed request field',
    (d) => delete d.components.schemas['NewThing']?.properties['tags'],
    ['breaking POST /things: `NewThing.tags` is no longer accepted'],
  ],
  [
    'a number that becomes an integer',
    (d) => Object.assign(field(d, 'NewThing', 'count'), { type: 'integer' }),
    ['breaking POST /things: `NewThing.count` in the request was number and is integer'],
  ],
  [
    'nothing for a request field with more types',
    (d) => Object.assign(field(d, 'NewThing', 'count'), { type: ['number', 'null'] }),
    [],
  ],
  [
    'a removed value of a request enum',
    (d) => Object.assign(field(d, 'NewThing', 'state'), { enum: ['on'] }),
    ['breaking POST /things: `NewThing.state` no longer accepts `"off"`'],
  ],
  [
    'a request field that becomes an enum',
    (d) => Object.assign(field(d, 'NewThing', 'name'), { enum: ['ab'] }),
    ['breaking POST /things: `NewThing.name` now accepts only `"ab"`'],
  ],
  [
    'narrower bounds',
    (d) => Object.assign(field(d, 'NewThing', 'name'), { minLength: 2, maxLength: 40 }),
    [
      'breaking POST /things: `NewThing.name`: minLength was 1 and is 2',
      'breaking POST /things: `NewThing.name`: maxLength was 80 and is 40',
    ],
  ],
  [
    'wider bounds',
    (d) => Object.assign(field(d, 'NewThing', 'count'), { minimum: -1 }),
    ['addition POST /things: `NewThing.count`: minimum was 0 and is -1'],
  ],
  [
    'a new bound',
    (d) => Object.assign(field(d, 'NewThing', 'tags'), { maxItems: 3, minItems: 0 }),
    ['breaking POST /things: `NewThing.tags`: maxItems was not set and is 3'],
  ],
  [
    'another pattern',
    (d) => Object.assign(field(d, 'NewThing', 'name'), { pattern: '^b' }),
    ['breaking POST /things: `NewThing.name`: the pattern changed'],
  ],
  [
    'items with another type',
    (d) => Object.assign(field(d, 'NewThing', 'tags'), { items: { type: 'integer' } }),
    ['breaking POST /things: `NewThing.tags[]` in the request was string and is integer'],
  ],
  [
    'a removed alternative in a request',
    (d) => (field(d, 'NewThing', 'size')['anyOf'] as object[]).pop(),
    ['breaking POST /things: `NewThing.size`: an accepted alternative was removed or changed'],
  ],
  [
    'a changed error schema',
    (d) => delete d.components.schemas['Error']?.properties['code'],
    ['breaking every error: `Error.code` was removed from the response'],
  ],
];

describe('the comparison of two OpenAPI documents', () => {
  it('reports nothing for equal documents', () => {
    expect(change(() => undefined)).toEqual([]);
  });

  it.each(cases)('reports %s', (_name, edit, expected) => {
    expect(change(edit)).toEqual(expected);
  });

  it('reports every operation as new against an empty document', () => {
    const empty: OpenApi = { paths: {} };
    const changes = compareDocuments(empty, makeDocument() as unknown as OpenApi);
    expect(changes).toEqual([
      { isBreaking: false, operations: ['GET /things', 'POST /things', 'DELETE /things'], text: 'was added' },
    ]);
  });
});

describe('the last release', () => {
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd });

  const commit = async (dir: string, version: string, paths: object): Promise<void> => {
    await writeFile(join(dir, 'openapi.json'), JSON.stringify({ paths }));
    await writeFile(join(dir, 'package.json'), JSON.stringify({ version }));
    git(dir, 'add', '.');
    git(dir, '-c', 'core.hooksPath=/dev/null', 'commit', '-qm', version);
  };

  it('is the newest release tag among the ancestors of the commit', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'strata-release-'));
    try {
      expect(await findLastRelease(dir)).toBeNull();
      git(dir, 'init', '-q');
      await commit(dir, '1.9.0', { '/old': {} });
      expect(await findLastRelease(dir)).toBeNull();
      git(dir, 'tag', 'v1.9.0');
      await commit(dir, '1.10.0', { '/new': {} });
      for (const tag of ['v1.10.0', 'v1.11.0-rc.1', 'vision']) git(dir, 'tag', tag);
      expect(await findLastRelease(dir)).toBe('v1.10.0');
      expect(await readRelease(dir, 'v1.9.0')).toEqual({
        name: 'v1.9.0',
        document: { paths: { '/old': {} } },
        version: '1.9.0',
      });
      const file = join(dir, 'openapi.json');
      expect(await readRelease(dir, file)).toMatchObject({
        version: null,
        document: { paths: { '/new': {} } },
      });
      expect(await readRelease(dir, 'v9.9.9')).toBeNull();
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it.each([
    ['1.2.3', '2.0.0', true],
    ['1.2.3', '1.3.0', false],
    ['1.2.3', '1.2.3', false],
    ['2.0.0', '1.0.0', false],
    ['0.1.0', '0.2.0', true],
    ['0.1.0', '0.1.1', false],
    ['0.9.0', '1.0.0', true],
  ])('may break between %s and %s: %s', (before, after, expected) => {
    expect(mayBreak(before, after)).toBe(expected);
  });
});
