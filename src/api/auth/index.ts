import { refreshCookieName } from '../../core/cookie-names.ts';
import { defineModule } from '../../core/module.ts';
import { integer, optional, withDefault } from '../../core/schema.ts';
import { secret } from '../../config/settings.ts';
import Joi from 'joi';
import { usersModule } from '../users/index.ts';
import { createAccessTokens } from './access-token.ts';
import { AuthController } from './auth.controller.ts';
import { authRoutes } from './auth.routes.ts';
import { AuthService } from './auth.service.ts';
import { toSessionView } from './auth.view.ts';
import { createKeyRing } from './key-ring.ts';
import { AddSessionMfa1763720002000 } from './migrations/1763720002000-add-session-mfa.ts';
import { CreateSessions1763700002000 } from './migrations/1763700002000-create-sessions.ts';
import { createRefreshTokens } from './refresh-token.ts';
import { SessionCache, type SessionState } from './session-cache.ts';
import { Session } from './session.model.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';

// Signing in and staying signed in: sessions, access tokens, and refresh tokens that are good for one use.
// Promises that an ended session is ended at once, everywhere within a second, and that a copied refresh token is found out.

export const authModule = defineModule({
  name: 'auth',
  path: '/auth',
  entities: [Session],
  migrations: [CreateSessions1763700002000, AddSessionMfa1763720002000],
  settings: {
    JWT_SECRET: secret().description('Makes the keys of access and refresh tokens.'),
    JWT_PREVIOUS_SECRET: optional(
      secret().description(
        'The other JWT_SECRET while one is replaced, so that nobody is signed out; docs/operations.md has the steps.',
      ),
    ),
    JWT_ISSUER: withDefault(Joi.string(), 'strata').description('The iss claim of access tokens.'),
    JWT_AUDIENCE: withDefault(Joi.string(), 'strata-api').description('The aud claim of access tokens.'),
    ACCESS_TOKEN_TTL_SECONDS: withDefault(integer(60, 1_800), 900).description(
      'How long an access token is good for.',
    ),
  },
  create: ({ db, clock, ids, logger, hasher, config, settings, middleware, use }) => {
    const users = use(usersModule);
    const sessions = new SessionRepository(db);
    const keys = createKeyRing(settings.JWT_SECRET, settings.JWT_PREVIOUS_SECRET);
    const accessTokens = createAccessTokens({
      keys,
      issuer: settings.JWT_ISSUER,
      audience: settings.JWT_AUDIENCE,
      ttlSeconds: settings.ACCESS_TOKEN_TTL_SECONDS,
      clock,
      ids,
    });
    const loadState = async (sessionId: string, userId: string): Promise<SessionState | null> => {
      // One after the other: two connections at once for each request would halve whom the pool can serve.
      const state = await sessions.findState(sessionId);
      const access = state === null ? null : await users.findAccess(userId);
      if (state === null || access === null) return null;
      return { ...state, ...access, isLive: state.isLive && access.isActive };
    };
    const cache = new SessionCache(clock, loadState);
    users.onDisable((userId) => sessions.revokeAllFor(userId));
    users.onAccessChange(() => {
      cache.forgetAll();
    });
    const service = new SessionService({
      sessions,
      transaction: db.transaction,
      cache,
      users,
      accessTokens,
      refreshTokens: createRefreshTokens(keys),
      keys,
      ids,
      logger,
    });
    const controller = new AuthController(
      new AuthService({ users, sessions: service, transaction: db.transaction, hasher }),
      service,
      {
        cookieName: refreshCookieName(config),
        isCookieSecure: config.isCookieSecure,
        accessTokenTtlSeconds: settings.ACCESS_TOKEN_TTL_SECONDS,
      },
    );
    return {
      api: {},
      routes: authRoutes(controller, middleware),
      authenticator: service,
      personalData: {
        exportFor: async (userId) =>
          (await sessions.listAllOf(userId)).map((session) => toSessionView(session, null)),
        eraseFor: (userId) => sessions.deleteAllFor(userId),
      },
      purge: (limit) => sessions.purge(limit),
    };
  },
});
