import { readFileSync } from 'node:fs';

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

interface RawOperation {
  readonly security: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/**
 * An operation in openapi.json. Each reference in the schema of the body is replaced by the schema that it refers to.
 */
export interface Operation {
  /** Method and path, such as `POST /api/v1/orders`. */
  readonly name: string;
  readonly method: Method;
  readonly path: string;
  readonly pathSchema: JsonSchema;
  readonly querySchema: JsonSchema;
  readonly headers: readonly string[];
  readonly body: { readonly type: string; readonly schema: JsonSchema } | null;
  /** True if callers without a token may use the operation. */
  readonly isOpen: boolean;
}

const document = JSON.parse(readFileSync('openapi.json', 'utf8')) as Document;

const resolveReferences = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(resolveReferences);
  if (typeof value !== 'object' || value === null) return value;
  if ('$ref' in value && typeof value.$ref === 'string')
    return resolveReferences(document.components.schemas[value.$ref.split('/').at(-1) ?? '']);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveReferences(inner)]));
};

const schemaOf = (parameters: readonly Parameter[], place: Parameter['in']): JsonSchema => {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  };
};

function operation(path: string, method: Method, raw: RawOperation): Operation {
  const { parameters = [], requestBody, security } = raw;
  const [content] = Object.entries(requestBody?.content ?? {});
  return {
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    pathSchema: schemaOf(parameters, 'path'),
    querySchema: schemaOf(parameters, 'query'),
    headers: parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
    body:
      content === undefined
        ? null
        : { type: content[0], schema: resolveReferences(content[1].schema) as JsonSchema },
    isOpen: security.length === 0 || security.some((scheme) => Object.keys(scheme).length === 0),
  };
}

/** Every operation of openapi.json. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, raw]) => operation(path, method as Method, raw)),
);
