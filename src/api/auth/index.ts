import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { mailModule } from '../mail/index.ts';
import { usersModule } from '../users/index.ts';
import { accountHooks } from './account-hooks.ts';
import { AccountController } from './account.controller.ts';
import { accountRoutes } from './account.routes.ts';
import type { Auth } from './auth.api.ts';
import { AuthController } from './auth.controller.ts';
import { authRoutes } from './auth.routes.ts';
import { AuthService } from './auth.service.ts';
import { authSettings } from './auth.settings.ts';
import { createTokens } from './auth.tokens.ts';
import { EmailService } from './email.service.ts';
import { Link } from './link.model.ts';
import { LinkRepository } from './link.repository.ts';
import { Links } from './links.ts';
import { AddSessionMfa1763720002000 } from './migrations/1763720002000-add-session-mfa.ts';
import { CreateLinks1763720003000 } from './migrations/1763720003000-create-links.ts';
import { CreateSessions1763700002000 } from './migrations/1763700002000-create-sessions.ts';
import { PasswordService } from './password.service.ts';
import { PersonalDataService } from './personal-data.service.ts';
import { SessionCache } from './session-cache.ts';
import { createStateLoader } from './session-state.ts';
import { Session } from './session.model.ts';
import { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';
import { SignInReplies } from './sign-in-replies.ts';
import { SignInService } from './sign-in.service.ts';

// Sign-in and sessions, with access tokens and with refresh tokens that each refresh replaces.
// Guarantees: the process that ended a session rejects the session immediately, and all other processes within one
// second. A replaced refresh token that is used again, later than the reuse interval, ends its session.

export type { Auth, SecondFactor } from './auth.api.ts';
export { authErrors } from './auth.errors.ts';
export { admissionView, sessionsView, signedInView } from './auth.validation.ts';
export { toSessionView } from './auth.view.ts';
export type { Session } from './session.model.ts';
export type { SignInReplies } from './sign-in-replies.ts';
export type { Admission, Device, SignedIn } from './sign-in.ts';

export const authModule = defineModule({
  name: 'auth',
  path: '/auth',
  entities: [Session, Link],
  migrations: [CreateSessions1763700002000, AddSessionMfa1763720002000, CreateLinks1763720003000],
  settings: authSettings,
  create: ({ db, clock, ids, logger, hasher, attempts, config, settings, middleware, use }) => {
    const [users, audit, mails] = [use(usersModule), use(auditModule), use(mailModule)];
    const shared = { users, audit, mails, attempts, hasher, ids, transaction: db.transaction };
    const tokens = createTokens(settings, clock, ids);
    const { accountNames } = tokens.keys.current;
    const sessionRows = new SessionRepository(db);
    const linkRows = new LinkRepository(db);
    const links = new Links(linkRows);
    const cache = new SessionCache(clock, createStateLoader(sessionRows, users));
    const invalidateSessions = () => cache.invalidateAll();
    users.onDisable((userId) => sessionRows.revokeAllFor(userId, 'logout'));
    users.onAccessChange(invalidateSessions);
    const sessions = new SessionService({
      ...shared,
      ...tokens,
      sessions: sessionRows,
      afterCommit: (work) => db.afterCommit(work),
      cache,
      logger,
      reuseIntervalSeconds: settings.REFRESH_REUSE_INTERVAL_SECONDS,
    });
    const replies = new SignInReplies(config, settings);
    const signIns = new SignInService({ ...shared, ...tokens, sessions, accountNames, replies });
    const emails = new EmailService({ ...shared, links, invalidateSessions });
    const auth = new AuthService({ ...shared, ...tokens, signIns, emails, accountNames });
    const passwords = new PasswordService({ ...shared, links, sessions, signIns });
    const api: Auth = signIns;
    return {
      api,
      routes: [
        ...authRoutes(new AuthController(auth, sessions, replies), middleware),
        ...accountRoutes(new AccountController(passwords, emails, replies), middleware),
      ],
      authenticator: sessions,
      personalData: new PersonalDataService(sessionRows, linkRows),
      ...accountHooks(users, links, signIns),
      purge: async (limit) => (await sessionRows.purge(limit)) + (await linkRows.purge(limit)),
    };
  },
});
