import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

interface Reply {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Reply>> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Reply>> };
}

/** What has come back, as far as the document speaks of it. */
export interface ContractResponse {
  readonly status: number;
  /** Without its parameters; empty where nothing was sent. */
  readonly type: string;
  readonly text: string;
}

/** An OpenAPI document that answers are held against. */
export interface Contract {
  /** Whether it speaks of `get /api/v1/orders/{id}` or the like. */
  has(method: string, path: string): boolean;
  /** What is wrong with an answer of this operation; null when nothing is. */
  findViolation(method: string, path: string, answer: ContractResponse): string | null;
  /** The same for an answer where there is no operation: an error that any path can end in. */
  findErrorViolation(answer: ContractResponse): string | null;
}

const pointer = (...parts: string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const jsonType = 'application/json';

/** Reads an OpenAPI document. Each schema is compiled when the first answer of its kind is judged, and kept. */
export function readContract(file: string): Contract {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi.json');
  const compiled = new Map<string, ValidateFunction>();

  const judge = (ref: string, text: string): string | null => {
    let validate = compiled.get(ref);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `openapi.json#/${ref}` });
      compiled.set(ref, validate);
    }
    if (validate(parse(text))) return null;
    return ajv.errorsText(validate.errors, { dataVar: 'the body' });
  };

  /** The reply, and where it stands in the document. */
  const find = (method: string, path: string, status: number): [Reply, string] | undefined => {
    const reply = document.paths[path]?.[method]?.responses[String(status)];
    if (reply?.$ref === undefined)
      return reply && [reply, pointer('paths', path, method, 'responses', String(status))];
    const name = reply.$ref.replace('#/components/responses/', '');
    const shared = document.components.responses[name];
    return shared && [shared, pointer('components', 'responses', name)];
  };

  return {
    has: (method, path) => document.paths[path]?.[method] !== undefined,
    findViolation: (method, path, { status, type, text }) => {
      const found = find(method, path, status);
      if (found === undefined) return `answers ${status}, which the document does not have`;
      const [reply, ref] = found;
      if (reply.content === undefined) return text === '' ? null : `answers ${status} with a body`;
      if (!(type in reply.content)) return `answers ${status} as "${type}", which the document does not have`;
      const fault = judge(`${ref}/${pointer('content', type, 'schema')}`, text);
      return fault && `answers ${status}, and ${fault}`;
    },
    findErrorViolation: ({ status, type, text }) => {
      if (status < 400) return `answers ${status} where there is nothing`;
      const fault = judge(pointer('components', 'schemas', type === jsonType ? 'Error' : 'Problem'), text);
      return fault && `answers ${status}, and ${fault}`;
    },
  };
}

let kept: Contract | undefined;

/** What openapi.json promises; read when it is first asked for. */
export function apiContract(): Contract {
  kept ??= readContract(join(import.meta.dirname, '../../openapi.json'));
  return kept;
}
