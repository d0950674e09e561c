import { deviceCookieName, refreshCookieName } from '../../http/cookie-names.ts';
import { defineModule } from '../../module.ts';
import { integer, optional, withDefault } from '../../core/schema.ts';
import { secret } from '../../config/settings.ts';
import { mapEach } from '../../utils/map-each.ts';
import Joi from 'joi';
import { auditModule } from '../audit/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule, type User } from '../users/index.ts';
import { createAccessTokens } from './access-token.ts';
import { AccountController } from './account.controller.ts';
import { accountRoutes } from './account.routes.ts';
import { AuthController } from './auth.controller.ts';
import { authRoutes } from './auth.routes.ts';
import { AuthService } from './auth.service.ts';
import { toSessionView } from './auth.view.ts';
import { createDeviceTokens } from './device-token.ts';
import { EmailService } from './email.service.ts';
import { createKeyRing } from './key-ring.ts';
import { AddSessionMfa1763720002000 } from './migrations/1763720002000-add-session-mfa.ts';
import { CreateLinks1763720003000 } from './migrations/1763720003000-create-links.ts';
import { CreateSessions1763700002000 } from './migrations/1763700002000-create-sessions.ts';
import { Link } from './link.model.ts';
import { LinkRepository } from './link.repository.ts';
import { Links } from './links.ts';
import { createMfaTokens } from './mfa-token.ts';
import { PasswordService } from './password.service.ts';
import { createRefreshTokens } from './refresh-token.ts';
import { SessionCache, type SessionState } from './session-cache.ts';
import { Session } from './session.model.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService, type Device } from './session.service.ts';
import { createSignedTokens } from './signed-token.ts';
import { SignInReplies } from './sign-in-replies.ts';
import {
  SignInService,
  type Admission,
  type SecondFactor,
  type SignedIn,
  type SignInMethod,
} from './sign-in.service.ts';

// Sign-in and sessions: access tokens, and refresh tokens that can be used once.
// Guarantees: an ended session is rejected immediately by the process that ended it and within one second by all
// others; reuse of a stolen refresh token is detected.

export { authErrors } from './auth.errors.ts';
export { admissionView, sessionsView, signedInView } from './auth.validation.ts';
export { toSessionView } from './auth.view.ts';
export type { Session } from './session.model.ts';
export type { Admission, Device, SecondFactor, SignedIn, SignInReplies };

/** Interface of the auth module for other modules. */
export interface Auth {
  /** Registers a second factor, which each sign-in then checks. */
  addSecondFactor(factor: SecondFactor): void;
  /** Returns the account of an mfaToken, or null if the token is invalid or expired. */
  findPending(mfaToken: string): Promise<User | null>;
  /** Signs in a user who has passed the first factor, or returns an mfaToken if the account has a second factor. */
  admit(user: User, device: Device, method: SignInMethod): Promise<Admission>;
  /** Signs in a user who has passed both factors. */
  admitWithMfa(user: User, device: Device): Promise<SignedIn>;
  /**
   * Records that the second factor was turned on in this session, or off if `sessionId` is null. Revokes all access
   * tokens of the user.
   */
  changeSecondFactor(userId: string, sessionId: string | null): Promise<void>;
  /** Returns the active sessions of a user, newest first. */
  sessionsOf(userId: string): Promise<Session[]>;
  endAllSessions(userId: string): Promise<void>;
  /** Clears the failed sign-in attempts of a user, which lifts a lockout. */
  unlock(user: User): Promise<void>;
  /** Builds sign-in responses and reads the device of a request. */
  readonly replies: SignInReplies;
}

export const authModule = defineModule({
  name: 'auth',
  path: '/auth',
  entities: [Session, Link],
  migrations: [CreateSessions1763700002000, AddSessionMfa1763720002000, CreateLinks1763720003000],
  settings: {
    JWT_SECRET: secret().description('Secret from which the keys of access and refresh tokens are derived.'),
    JWT_PREVIOUS_SECRET: optional(
      secret().description(
        'Previous JWT_SECRET, accepted during rotation so that no user is signed out. See docs/operations.md for the steps.',
      ),
    ),
    JWT_ISSUER: withDefault(Joi.string(), 'strata').description('`iss` claim of access tokens.'),
    JWT_AUDIENCE: withDefault(Joi.string(), 'strata-api').description('`aud` claim of access tokens.'),
    ACCESS_TOKEN_TTL_SECONDS: withDefault(integer(60, 1_800), 900).description(
      'Lifetime of an access token.',
    ),
    REFRESH_REUSE_INTERVAL_SECONDS: withDefault(integer(0, 60), 10).description(
      'How long a replaced refresh token still returns its successor. This covers two tabs that refresh concurrently and responses lost on mobile networks. Risk: a stolen refresh token can be used undetected for this long after its owner refreshed. With 0, two tabs that refresh concurrently end the session.',
    ),
  },
  create: ({ db, clock, ids, logger, hasher, attempts, config, settings, middleware, use }) => {
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
      // Sequential: two connections for each request would halve the number of requests that the pool can serve.
      const state = await sessions.findState(sessionId);
      const access = state === null ? null : await users.findAccess(userId);
      if (state === null || access === null) return null;
      const { userId: ownerId, authTime, hasMfa } = state;
      const { roles, tokenVersion, isActive } = access;
      return { userId: ownerId, isLive: state.isLive && isActive, tokenVersion, roles, authTime, hasMfa };
    };
    const cache = new SessionCache(clock, loadState);
    users.onDisable((userId) => sessions.revokeAllFor(userId, 'logout'));
    users.onAccessChange(() => {
      cache.invalidateAll();
    });
    const audit = use(auditModule);
    const mails = use(mailModule);
    const { transaction } = db;
    const service = new SessionService({
      sessions,
      transaction,
      afterCommit: (work) => {
        db.afterCommit(work);
      },
      cache,
      users,
      accessTokens,
      refreshTokens: createRefreshTokens(keys),
      keys,
      audit,
      ids,
      logger,
      reuseIntervalSeconds: settings.REFRESH_REUSE_INTERVAL_SECONDS,
    });
    const deviceTokens = createDeviceTokens(createSignedTokens(keys, 'deviceTokens'));
    const signIns = new SignInService({
      users,
      sessions: service,
      deviceTokens,
      mfaTokens: createMfaTokens(createSignedTokens(keys, 'mfaTokens'), clock),
      transaction,
      audit,
      mails,
      ids,
    });
    const linkRepository = new LinkRepository(db);
    const links = new Links(linkRepository);
    const emails = new EmailService({
      users,
      links,
      mails,
      attempts,
      audit,
      transaction,
      invalidateSessions: () => {
        service.invalidateCache();
      },
    });
    const auth = new AuthService({
      users,
      signIns,
      emails,
      attempts,
      deviceTokens,
      accountNames: keys.current.accountNames,
      audit,
      transaction,
      hasher,
    });
    const unlock = (user: User) => auth.unlock(user);
    const passwords = new PasswordService({
      users,
      links,
      mails,
      sessions: service,
      signIns,
      attempts,
      audit,
      hasher,
      transaction,
      unlock,
    });
    const replies = new SignInReplies({
      refreshCookieName: refreshCookieName(config),
      deviceCookieName: deviceCookieName(config),
      isCookieSecure: config.isCookieSecure,
      accessTokenTtlSeconds: settings.ACCESS_TOKEN_TTL_SECONDS,
    });
    const api: Auth = {
      addSecondFactor: (factor) => {
        signIns.addSecondFactor(factor);
      },
      findPending: (mfaToken) => signIns.findPending(mfaToken),
      admit: (user, device, method) => signIns.admit(user, device, method),
      admitWithMfa: (user, device) => signIns.start(user, device, { method: 'mfa', hasMfa: true }),
      changeSecondFactor: (userId, sessionId) => service.changeSecondFactor(userId, sessionId),
      sessionsOf: (userId) => service.list(userId),
      endAllSessions: (userId) => service.endAll(userId),
      unlock,
      replies,
    };
    return {
      api,
      routes: [
        ...authRoutes(new AuthController(auth, service, replies), middleware),
        ...accountRoutes(new AccountController(passwords, emails, replies), middleware),
      ],
      authenticator: service,
      personalData: {
        exportFor: async (userId) => ({
          sessions: mapEach(sessions.readAllOf(userId), (session) => toSessionView(session, null)),
          links: (await linkRepository.listFor(userId)).map(({ purpose, email, createdAt }) => ({
            purpose,
            email,
            createdAt: createdAt.toISOString(),
          })),
        }),
        eraseInBatches: (userId) => sessions.deleteEndedInBatches(userId),
        eraseFor: async (userId) => {
          await sessions.deleteAllFor(userId);
          await links.revokeAllFor(userId);
        },
      },
      // Sessions stay, because the password is unchanged. Links sent to the verified mailbox itself stay valid.
      onEmailVerified: async (userId) => {
        await links.revokeFor(userId, 'change-email');
        const user = await users.findById(userId);
        if (user !== null) await unlock(user);
        return [];
      },
      purge: async (limit) => (await sessions.purge(limit)) + (await linkRepository.purge(limit)),
    };
  },
});
