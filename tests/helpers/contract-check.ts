import type supertest from 'supertest';
import type { App } from '../../src/app.ts';
import { apiRoot } from '../../src/module.ts';
import type { BoundRoute } from '../../src/http/router.ts';
import { modules } from '../../src/modules.ts';
import { apiContract } from './contract.ts';

const toPattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);

/** The path as the document writes it: `/api/v1/orders/{id}`. */
export const toTemplate = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

// A module of a test's own is in no document; every route of the service's own modules is.
const documented = new Set(modules.map(({ name }) => name));

const typeOf = (header: unknown): string => (typeof header === 'string' ? (header.split(';')[0] ?? '') : '');

/**
 * Makes the check of all answers of an app: it throws when one is not what openapi.json promises of the route that gave it.
 * Below /api/v1, what no route has taken must be an error.
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
      const fault =
        bound === undefined
          ? contract.findErrorViolation(answer)
          : contract.findViolation(method, template, answer);
      if (fault === null) return;
      const hint = `openapi.json does not promise that; is it current (\`npm run generate:files\`)?`;
      throw new Error(`${method.toUpperCase()} ${template} ${fault}. ${hint}`);
    };
}
