export type Json = Readonly<Record<string, unknown>>;

/** The parts of JSON Schema that the service uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly [bound: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

export interface Response {
  readonly $ref?: string;
  readonly content?: Content;
  readonly headers?: Json;
}

export interface Operation {
  readonly deprecated?: boolean;
  readonly security?: readonly Json[];
  /** The permission that the operation requires. */
  readonly 'x-permission'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

/** The parts of an OpenAPI 3.1 document that are compared. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, JsonSchema>>;
    readonly responses?: Readonly<Record<string, Response>>;
  };
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ref;

/** Returns the response that a `$ref` points to, or the response itself. */
export function responseOf({ components }: OpenApi, response: Response): Response {
  if (response.$ref === undefined) return response;
  return components?.responses?.[nameOf(response.$ref)] ?? {};
}

const merged = (a: JsonSchema, b: JsonSchema): JsonSchema => ({
  ...a,
  ...b,
  properties: { ...a.properties, ...b.properties },
  required: [...(a.required ?? []), ...(b.required ?? [])],
});

/** Returns a schema after following `$ref` and `allOf`. Also returns its name if it has one. */
export function schemaOf(document: OpenApi, schema: JsonSchema): { schema: JsonSchema; name?: string } {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return { schema: schemaOf(document, document.components?.schemas?.[name] ?? {}).schema, name };
  }
  if (schema.allOf === undefined) return { schema };
  const { allOf, ...rest } = schema;
  return { schema: allOf.map((part) => schemaOf(document, part).schema).reduce(merged, rest) };
}

/** Returns the error codes of a response. Returns an empty list for a response that is no error. */
export function codesOf(document: OpenApi, response: Response): string[] {
  const body = responseOf(document, response).content?.['application/json']?.schema;
  if (body === undefined) return [];
  return (schemaOf(document, body).schema.properties?.['code']?.enum ?? []).map(String);
}
