import type { Request, RequestHandler, Response } from 'express';
import { permissionsOf } from '../core/access.ts';
import { AppError, coreErrors } from '../core/errors.ts';
import type { Authenticator, Clock, Principal, Quota } from '../core/ports.ts';
import { accessTokenIn, authScheme } from '../http/envelope.ts';
import { assertRecentSignIn } from '../http/recent-sign-in.ts';
import type { Caller, RouteDefinition } from '../http/route.ts';

const unauthenticated = (description: string): Error =>
  coreErrors.unauthenticated([], { headers: { 'WWW-Authenticate': `${authScheme}${description}` } });

interface AuthenticateSettings {
  readonly authenticators: readonly Authenticator[];
  readonly roleTable: ReadonlyMap<string, ReadonlySet<string>>;
  /** The roles that require a second factor. A session without a second factor gets no permissions from these roles. */
  readonly mfaRoles: readonly string[];
  readonly clock: Clock;
}

/** Adds `RateLimit` headers (draft 8) for the quotas of an API key. Throws 429 if one of the quotas is exceeded. */
function applyQuotas(res: Response, keyId: string, quotas: readonly Quota[]): void {
  const partition = Buffer.from(keyId).toString('base64');
  for (const { name, limit, windowSeconds, remaining, resetSeconds } of quotas) {
    res.append('RateLimit-Policy', `"${name}"; q=${limit}; w=${windowSeconds}; pk=:${partition}:`);
    res.append('RateLimit', `"${name}"; r=${Math.max(remaining, 0)}; t=${resetSeconds}`);
  }
  const waits = quotas.filter(({ remaining }) => remaining < 0).map(({ resetSeconds }) => resetSeconds);
  if (waits.length > 0)
    throw coreErrors.tooMany([], { headers: { 'Retry-After': String(Math.max(1, ...waits)) } });
}

/**
 * Creates the middleware that sets `req.caller`, or throws 401 or 403. Writes, and all routes that require a
 * permission, load the caller from the database. Other reads may use a cached caller that is up to one second old.
 */
export function createAuthenticate(settings: AuthenticateSettings) {
  const { authenticators, roleTable, clock } = settings;
  const mfaRoles = new Set(settings.mfaRoles);

  const authenticate = async (req: Request, isFresh: boolean): Promise<Principal | null> => {
    const token = accessTokenIn(req.get('authorization'));
    if (token === undefined) return null;
    for (const authenticator of authenticators) {
      const principal = await authenticator.authenticate(token, { isFresh, ip: req.context.ip });
      if (principal !== null) return principal;
    }
    return null;
  };

  /**
   * Authenticates a route with optional access. Returns null for an invalid token. Also returns null for an API key,
   * unless the route accepts API keys.
   */
  const authenticateOptional = async (req: Request, route: RouteDefinition): Promise<Principal | null> => {
    try {
      const principal = await authenticate(req, route.requiresFreshCaller === true || route.method !== 'get');
      return principal?.machineKey && route.acceptsMachineKeys !== true ? null : principal;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'forbidden') return null;
      throw error;
    }
  };

  const grantedPermissions = ({ roles, hasMfa, machineKey }: Principal): ReadonlySet<string> => {
    const activeRoles = hasMfa || mfaRoles.size === 0 ? roles : roles.filter((role) => !mfaRoles.has(role));
    const permissions = permissionsOf(roleTable, activeRoles);
    if (machineKey === null) return permissions;
    return new Set([...permissions].filter((permission) => machineKey.scopes.has(permission)));
  };

  const admit = (route: RouteDefinition, principal: Principal, caller: Caller): void => {
    const { access } = route;
    if (typeof access === 'object') {
      if (caller.permissions.has(access.permission)) {
        if (route.requireMfa && !caller.hasMfa) throw coreErrors.mfaRequired();
      } else {
        const hasRole = permissionsOf(roleTable, principal.roles).has(access.permission);
        const lacksMfa = hasRole && !principal.hasMfa && principal.machineKey === null;
        throw lacksMfa ? coreErrors.mfaRequired() : coreErrors.forbidden();
      }
    } else {
      if (principal.machineKey !== null && route.acceptsMachineKeys !== true) throw coreErrors.forbidden();
      if (route.requireMfa && !caller.hasMfa) throw coreErrors.mfaRequired();
    }
    if (route.requireRecentSignIn) assertRecentSignIn(caller, clock.now());
  };

  return (route: RouteDefinition): RequestHandler => {
    const { access, method } = route;
    if (access === 'public') {
      return (_req, _res, next) => {
        next();
      };
    }
    const isFresh = route.requiresFreshCaller === true || typeof access === 'object' || method !== 'get';
    return async (req, res, next) => {
      const principal =
        access === 'optional' ? await authenticateOptional(req, route) : await authenticate(req, isFresh);
      req.caller = null;
      if (principal !== null) {
        const { machineKey, ...user } = principal;
        const permissions = grantedPermissions(principal);
        const organizationId = machineKey?.organizationId ?? null;
        req.context.userId = user.userId;
        req.caller = { ...user, permissions, organizationId };
        if (machineKey !== null) applyQuotas(res, machineKey.id, machineKey.quotas);
        if (access !== 'optional') admit(route, principal, req.caller);
      } else if (access !== 'optional') {
        throw unauthenticated(req.get('authorization') === undefined ? '' : ' error="invalid_token"');
      }
      next();
    };
  };
}
