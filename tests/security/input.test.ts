import { describe, expect, it } from '@jest/globals';
import { compileValidator } from '../../src/http/validate.ts';
import { describeApp, nameOf, schemasOf } from '../contract/routes.ts';

const { routes } = describeApp().modules;

describe('unknown input fields', () => {
  // These schemas remove unknown fields instead of refusing them, because providers may add parameters (RFC 6749,
  // section 4.1.2).
  const open: string[] = [
    // #region oidc
    'GET /api/v1/auth/oidc/:provider/callback query',
    // #endregion
    // #region payments
    'POST /api/v1/payments/webhooks body',
    // #endregion
  ];
  const schemas = routes
    .flatMap(schemasOf)
    .filter(({ name }) => /\b(?:body|query|params)$/.test(name) && !open.includes(name));

  it.each(schemas.map(({ name, schema }) => [name, schema] as const))(
    'are refused by %s',
    (_name, schema) => {
      const { error } = schema.validate({ isAdmin: true }, { abortEarly: false });
      expect(error?.details.map(({ type, path }) => `${type} ${path.join('.')}`)).toContain(
        'object.unknown isAdmin',
      );
    },
  );

  it.each(routes.map((bound) => [nameOf(bound), bound.route] as const))(
    'is no second value of a parameter: %s',
    (_name, route) => {
      const schema =
        route.query === undefined ? {} : (route.query as unknown as { describe(): object }).describe();
      const keys = 'keys' in schema ? (schema.keys as Record<string, { type: string }>) : {};
      const single = Object.keys(keys).filter((key) => keys[key]?.type !== 'array');
      const query = Object.fromEntries(single.map((key) => [key, ['1', '2']]));
      const { issues } = compileValidator(route)({ params: {}, query, body: undefined });
      const repeated = issues.filter(({ rule }) => rule === 'any.repeated').map(({ path }) => path);
      expect(repeated.sort()).toEqual(single.sort());
    },
  );
});
