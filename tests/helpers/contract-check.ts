import type supertest from 'supertest';
import type { App } from '../../src/app.ts';
import { apiRoot } from '../../src/http/envelope.ts';
import type { BoundRoute } from '../../src/http/route.ts';
import { modules } from '../../src/modules.ts';
import { apiContract } from './contract.ts';

const toPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);

/** Converts a path to the form of the OpenAPI document: `/api/v1/orders/:id` → `/api/v1/orders/{id}`. */
export const toTemplate = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

// Check only responses of these modules, because openapi.json does not describe modules that a test adds.
const documented = new Set(modules.map(({ name }) => name));

const typeOf = (header: unknown): string => (typeof header === 'string' ? (header.split(';')[0] ?? '') : '');

/**
 * Creates the contract check of an app. The check throws if a response does not match openapi.json.
 * Below `/api/v1`, a response to an unknown path must be an error.
 */
export function createContractCheck(app: App) {
  const routes = app.modules.routes.map((bound) => ({ bound, pattern: toPattern(bound.path) }));

  const find = (method: string, path: string): BoundRoute | undefined =>
    routes.find(({ bound, pattern }) => bound.route.method === method && pattern.test(path))?.bound;

  return (method: string, url: string) =>
    ({ status, headers, text }: supertest.Response): void => {
      const path = url.split('?')[0] ?? url;
      if (!path.startsWith(`${apiRoot}/`)) return;
      const bound = find(method, path);
      if (bound !== undefined && !documented.has(bound.module)) return;

      const answer = { status, type: typeOf(headers['content-type']), text };
      const contract = apiContract();
      const template = toTemplate(bound?.path ?? path);
      const violation =
        bound === undefined
          ? contract.findErrorViolation(answer)
          : contract.findViolation(method, template, answer);
      if (violation === null) return;
      const hint = 'Fix the route, or update openapi.json with `npm run generate:files`.';
      throw new Error(`${method.toUpperCase()} ${template} ${violation}. ${hint}`);
    };
}
