import type { Request, RequestHandler } from 'express';
import { permissionsOf } from '../core/access.ts';
import { coreErrors } from '../core/errors.ts';
import type { Authenticator } from '../core/ports.ts';
import type { Caller, RouteDefinition } from '../core/route.ts';

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

const refuse = (description: string): Error =>
  coreErrors.unauthenticated([], { headers: { 'WWW-Authenticate': `Bearer${description}` } });

/**
 * Makes the middleware that knows the caller of a route, or refuses with 401 or 403.
 * Writes and routes that need a permission ask the database each time; plain reads may rest on a second-old answer.
 */
export function createAuthenticate(
  authenticator: Authenticator | undefined,
  roleTable: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const identify = async (req: Request, isFresh: boolean): Promise<Caller | null> => {
    const token = bearer.exec(req.get('authorization') ?? '')?.[1];
    if (token === undefined || authenticator === undefined) return null;
    const principal = await authenticator.authenticate(token, { isFresh });
    if (principal === null) return null;
    req.context.userId = principal.userId;
    return { ...principal, permissions: permissionsOf(roleTable, principal.roles) };
  };

  return ({ access, method, isFresh: isAlwaysFresh }: RouteDefinition): RequestHandler => {
    if (access === 'public') {
      return (_req, _res, next) => {
        next();
      };
    }
    const permission = typeof access === 'object' ? access.permission : undefined;
    const isFresh = isAlwaysFresh === true || permission !== undefined || method !== 'get';
    return async (req, _res, next) => {
      req.caller = await identify(req, isFresh);
      if (req.caller === null && access !== 'optional') {
        throw refuse(req.get('authorization') === undefined ? '' : ' error="invalid_token"');
      }
      if (permission !== undefined && req.caller?.permissions.has(permission) !== true)
        throw coreErrors.forbidden();
      next();
    };
  };
}
