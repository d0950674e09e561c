import type Joi from 'joi';
import { createApp, type App } from '../../src/app.ts';
import type { Environment } from '../../src/config/environment.ts';
import type { BoundRoute } from '../../src/http/router.ts';
import type { Schema } from '../../src/core/schema.ts';
import { modules } from '../../src/modules.ts';
import { createDependencies } from '../../src/process/dependencies.ts';
import { testConfig } from '../helpers/config.ts';

/** The service with all its modules, not connected to anything: what its tables say can be read at once. */
export function describeApp(settings: Environment = {}): App {
  const config = testConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', ...settings });
  return createApp(createDependencies(config, modules), modules);
}

/** `GET /api/v1/products/:id`, to tell a route by. */
export const nameOf = ({ path, route }: BoundRoute): string => `${route.method.toUpperCase()} ${path}`;

/** Where a schema stands, and the schema. */
export interface PlacedSchema {
  readonly name: string;
  readonly schema: Joi.AnySchema;
}

const placed = (name: string, schema: Schema | null | undefined): PlacedSchema[] =>
  schema === null || schema === undefined ? [] : [{ name, schema: schema as Joi.AnySchema }];

/** Every schema that a route replies by. */
export const replySchemasOf = (bound: BoundRoute): PlacedSchema[] =>
  Object.entries(bound.route.replies).flatMap(([status, schema]) =>
    placed(`${nameOf(bound)} ${status}`, schema),
  );

/** Every schema that a route declares. */
export const schemasOf = (bound: BoundRoute): PlacedSchema[] => [
  ...(['params', 'query', 'body'] as const).flatMap((part) =>
    placed(`${nameOf(bound)} ${part}`, bound.route[part]),
  ),
  ...replySchemasOf(bound),
];
