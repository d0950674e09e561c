import type Joi from 'joi';
import type { Schema } from '../core/schema.ts';
import { errorSchema, problemSchema, problemType } from './envelope.ts';

export type Json = Record<string, unknown>;

interface Described {
  readonly metas?: readonly { readonly name?: string; readonly isPage?: boolean }[];
}

/** Returns the metadata of a schema: its component name in OpenAPI, and whether it describes a page of a list. */
export const metaOf = (schema: Schema) =>
  Object.assign({}, ...(((schema as Joi.AnySchema).describe() as Described).metas ?? [])) as {
    name?: string;
    isPage?: boolean;
  };

/** Converts a schema to JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export const jsonSchemaOf = (schema: Schema): Json =>
  (schema as Joi.AnySchema)['~standard'].jsonSchema.input({ target: 'draft-2020-12' });

/** Returns a reference to a named schema. */
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Collects the named schemas and error responses of the document, each once. */
export class Components {
  /** The error responses, keyed by their codes. */
  readonly responses: Record<string, Json> = {};
  readonly schemas: Record<string, Json> = {
    Error: errorSchema,
    Problem: problemSchema,
    PageNumbers: {
      type: 'object',
      properties: {
        page: { type: 'integer' },
        limit: { type: 'integer' },
        total: {
          type: 'integer',
          description:
            'The number of items in the whole list. It is exact, unless `isTotalEstimated` is true.',
        },
        totalPages: {
          type: 'integer',
          description:
            'The number of pages. It is derived from the total, so it is estimated if the total is.',
        },
        isTotalEstimated: { const: true, description: 'Present only if the total is estimated.' },
      },
      required: ['page', 'limit', 'total', 'totalPages'],
    },
    CursorPosition: {
      type: 'object',
      properties: {
        limit: { type: 'integer' },
        nextCursor: { type: ['string', 'null'] },
        hasMore: { type: 'boolean' },
      },
      required: ['limit', 'nextCursor', 'hasMore'],
    },
  };

  /** Returns the JSON Schema, or a reference if the schema has a name. */
  of(schema: Schema): Json {
    const { name, isPage } = metaOf(schema);
    if (name !== undefined) {
      this.schemas[name] ??= jsonSchemaOf(schema);
      return ref(name);
    }
    const [item] = isPage === true ? ((schema as Joi.ArraySchema).$_terms['items'] as Schema[]) : [];
    return item === undefined ? jsonSchemaOf(schema) : { type: 'array', items: this.of(item) };
  }

  /** Returns a reference to the response for these errors. `texts` maps their codes to messages. */
  ofErrors(texts: ReadonlyMap<string, string>): Json {
    const codes = [...texts.keys()];
    const name = codes.join('.');
    this.responses[name] ??= {
      description: [...texts].map(([code, text]) => `\`${code}\`: ${text}`).join('\n\n'),
      content: {
        'application/json': {
          schema: { allOf: [ref('Error'), { properties: { code: { enum: codes } } }] },
        },
        [problemType]: {
          schema: { allOf: [ref('Problem'), { properties: { code: { enum: codes } } }] },
        },
      },
    };
    return { $ref: `#/components/responses/${name}` };
  }
}
