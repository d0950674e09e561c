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

/** The parts of a response that the OpenAPI document describes. */
export interface ContractResponse {
  readonly status: number;
  /** The media type without parameters; empty if the response has no body. */
  readonly type: string;
  readonly text: string;
}

/** An OpenAPI document to check responses against. */
export interface Contract {
  /** Returns whether the document has the operation, such as `get` and `/api/v1/orders/{id}`. */
  has(method: string, path: string): boolean;
  /** Returns how a response violates the document, or null if it does not. */
  findViolation(method: string, path: string, answer: ContractResponse): string | null;
  /** Checks a response to a path that the document does not contain. It must be an error. */
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

/** Reads an OpenAPI document. Each schema is compiled once, on first use. */
export function readContract(file: string): Contract {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi.json');
  const compiled = new Map<string, ValidateFunction>();

  const validateText = (ref: string, text: string): string | null => {
    let validate = compiled.get(ref);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `openapi.json#/${ref}` });
      compiled.set(ref, validate);
    }
    if (validate(parse(text))) return null;
    return ajv.errorsText(validate.errors, { dataVar: 'the body' });
  };

  /** Returns the described reply, and where it is in the document (a JSON pointer). */
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
      if (found === undefined) return `returns ${status}, which the document does not declare`;
      const [reply, ref] = found;
      if (reply.content === undefined) return text === '' ? null : `returns ${status} with a body`;
      if (!(type in reply.content))
        return `returns ${status} as "${type}", which the document does not declare`;
      const problem = validateText(`${ref}/${pointer('content', type, 'schema')}`, text);
      return problem && `returns ${status}, and ${problem}`;
    },
    findErrorViolation: ({ status, type, text }) => {
      if (status < 400) return `returns ${status}, but there is no such route`;
      const schema = pointer('components', 'schemas', type === jsonType ? 'Error' : 'Problem');
      const problem = validateText(schema, text);
      return problem && `returns ${status}, and ${problem}`;
    },
  };
}

let cached: Contract | undefined;

/** Returns the contract of openapi.json, read on the first call. */
export function apiContract(): Contract {
  cached ??= readContract(join(import.meta.dirname, '../../openapi.json'));
  return cached;
}
