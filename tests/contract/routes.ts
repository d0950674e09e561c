import type Joi from 'joi';
import { createApp, type App } from '../../src/app.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { BoundRoute } from '../../src/http/route.ts';
import type { Schema } from '../../src/core/schema.ts';
import { modules } from '../../src/modules.ts';
import { createDependencies } from '../../src/process/dependencies.ts';
import { testConfig } from '../helpers/config.ts';

/** Builds the service with all modules but without connections. The tests read its route tables. */
export function describeApp(settings: Environment = {}): App {
  const config = testConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', ...settings });
  return createApp(createDependencies(config, modules), modules);
}

/** Returns the method and path of a route: `GET /api/v1/products/:id`. */
export const nameOf = ({ path, route }: BoundRoute): string => `${route.method.toUpperCase()} ${path}`;

/** A schema and the route and part it belongs to. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: Joi.AnySchema;
}

const named = (name: string, schema: Schema | null | undefined): NamedSchema[] =>
  schema === null || schema === undefined ? [] : [{ name, schema: schema as Joi.AnySchema }];

/** Returns the reply schemas of a route. */
export const replySchemasOf = (bound: BoundRoute): NamedSchema[] =>
  Object.entries(bound.route.replies).flatMap(([status, schema]) =>
    named(`${nameOf(bound)} ${status}`, schema),
  );

/** Returns all schemas of a route. */
export const schemasOf = (bound: BoundRoute): NamedSchema[] => [
  ...(['params', 'query', 'body'] as const).flatMap((part) =>
    named(`${nameOf(bound)} ${part}`, bound.route[part]),
  ),
  ...replySchemasOf(bound),
];
