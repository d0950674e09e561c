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

// Signing in and staying signed in: sessions, access tokens, and refresh tokens that are good for one use.
// Promises that an ended session is ended at once, everywhere within a second, and that a copied refresh token is found out.

export { authErrors } from './auth.errors.ts';
export { admissionView, sessionsView, signedInView } from './auth.validation.ts';
export { toSessionView } from './auth.view.ts';
export type { Session } from './session.model.ts';
export type { Admission, Device, SecondFactor, SignedIn, SignInReplies };

/** What other modules may ask of signing in. */
export interface Auth {
  /** Asks this factor before each sign-in whether it is to be shown as well. */
  addSecondFactor(factor: SecondFactor): void;
  /** The account that an mfaToken was given for; null when it is not good (any more). */
  findPending(mfaToken: string): Promise<User | null>;
  /** Lets in whoever has shown a first factor, unless their account asks for a second. */
  admit(user: User, device: Device, method: SignInMethod): Promise<Admission>;
  /** Lets in whoever has shown both. */
  admitWithMfa(user: User, device: Device): Promise<SignedIn>;
  /** Notes that the second factor was turned on in this session, or (null) off; ends every access token. */
  changeSecondFactor(userId: string, sessionId: string | null): Promise<void>;
  /** The live sessions of a user, the newest first. */
  sessionsOf(userId: string): Promise<Session[]>;
  endAllSessions(userId: string): Promise<void>;
  /** Lets a user try again at once who was locked out. */
  unlock(user: User): Promise<void>;
  /** How a sign-in is answered, and which device a request comes from. */
  readonly replies: SignInReplies;
}

export const authModule = defineModule({
  name: 'auth',
  path: '/auth',
  entities: [Session, Link],
  migrations: [CreateSessions1763700002000, AddSessionMfa1763720002000, CreateLinks1763720003000],
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
    REFRESH_REUSE_INTERVAL_SECONDS: withDefault(integer(0, 60), 10).description(
      'How long a replaced refresh token returns the same successor again, for two tabs at once and for responses lost on mobile networks. Risk: a thief who copies a refresh token can use it unnoticed for this long after its owner refreshed. 0 also ends sessions of two tabs that refresh at once.',
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
      // One after the other: two connections at once for each request would halve whom the pool can serve.
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
      // Sessions stay: the password that opens them does. Links to the mailbox itself are the owner's.
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
