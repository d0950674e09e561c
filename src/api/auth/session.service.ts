import { randomBytes } from 'node:crypto';
import type { Authenticator, Ids, Logger, Principal } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import type { AccessTokens } from './access-token.ts';
import { authErrors } from './auth.errors.ts';
import type { KeyRing } from './key-ring.ts';
import { parseRefreshToken, type RefreshTokens } from './refresh-token.ts';
import type { SessionCache } from './session-cache.ts';
import type { RevokeReason, Session } from './session.model.ts';
import type { SessionRepository, TokenFacts } from './session.repository.ts';
import type { Device, Tokens } from './sign-in.ts';

interface SessionServiceDeps {
  readonly sessions: SessionRepository;
  readonly transaction: Transaction;
  readonly afterCommit: (work: () => void) => void;
  readonly cache: SessionCache;
  readonly users: Users;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly keys: KeyRing;
  readonly audit: Audit;
  readonly ids: Ids;
  readonly logger: Logger;
  /**
   * For this long, a replaced refresh token still returns its successor, because tabs share one cookie and responses
   * get lost.
   */
  readonly reuseIntervalSeconds: number;
}

interface Owner {
  readonly id: string;
  readonly roles: readonly string[];
  readonly tokenVersion: number;
}

export const idleSeconds = 7 * 24 * 3_600;
const absoluteSeconds = 30 * 24 * 3_600;
const sessionsPerUser = 10;

const nameOf = (userAgent: string | null): string | null => userAgent?.slice(0, 300) ?? null;

/** Starts, refreshes, authenticates and ends sessions. An ended session cannot be resumed. */
export class SessionService implements Authenticator {
  constructor(private readonly deps: SessionServiceDeps) {}

  /** Starts a session. Ends the previous session of the device, and the oldest sessions beyond ten. */
  async start(owner: Owner, { ip, userAgent, refreshToken = '' }: Device, hasMfa: boolean): Promise<Tokens> {
    const { sessions, users, audit, transaction, afterCommit, keys, ids, cache } = this.deps;
    const session = await transaction(async () => {
      // Check the token version again, because the account may have changed since the password check.
      if (!(await users.lockActiveAtVersion(owner.id, owner.tokenVersion)))
        throw authErrors.invalidCredentials();
      const before = await this.#classifyToken(refreshToken);
      if (before !== null && (await sessions.revoke(before.sessionId, 'logout'))) {
        const details = { sessionId: before.sessionId };
        await audit.record({ type: 'auth.session_ended', subjectId: before.userId, details });
      }
      await sessions.lockFor(owner.id);
      const inserted = await sessions.insert({
        id: ids.next(),
        userId: owner.id,
        salt: randomBytes(16).toString('base64url'),
        keyId: keys.current.id,
        ip,
        userAgent: nameOf(userAgent),
        hasMfa,
        idleSeconds,
        absoluteSeconds,
      });
      const beyond = await sessions.revokeBeyond(owner.id, sessionsPerUser);
      afterCommit(() => {
        for (const id of before === null ? beyond : [before.sessionId, ...beyond]) cache.invalidate(id);
      });
      return inserted;
    });
    return this.#tokens(session, owner);
  }

  /**
   * Exchanges a refresh token for its successor. A token that was replaced less than `reuseIntervalSeconds` ago returns
   * the same successor. The use of an older one means that two parties hold the token, and ends the session. Throws
   * `AUTH_INVALID_REFRESH_TOKEN` for every failure.
   */
  async refresh(refreshToken: string): Promise<Tokens> {
    const { sessions, users } = this.deps;
    const known = await this.#classifyToken(refreshToken);
    if (known === null) throw authErrors.invalidRefreshToken();
    const { sessionId, userId, generation } = known;
    // Query before the exchange, so that the refresh token stays valid if the query fails.
    const access = await users.findAccess(userId);
    if (access?.isActive !== true) throw authErrors.invalidRefreshToken();
    const session =
      (await sessions.rotate(sessionId, generation, idleSeconds)) ??
      (await this.#rotateOrReissueOrRevoke(sessionId, generation));
    if (session === null) throw authErrors.invalidRefreshToken();
    return this.#tokens(session, { id: userId, ...access });
  }

  /** Ends the session of a refresh token of any generation. Ignores an invalid token. */
  async endByToken(refreshToken: string): Promise<void> {
    const known = await this.#classifyToken(refreshToken);
    if (known !== null) await this.end(known);
  }

  async end({ sessionId, userId }: Pick<Principal, 'sessionId' | 'userId'>): Promise<void> {
    const { sessions, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      if (!(await sessions.revoke(sessionId, 'logout'))) return;
      const details = { sessionId };
      await audit.record({ type: 'auth.signed_out', subjectId: userId, actorId: userId, details });
    });
    cache.invalidate(sessionId);
  }

  /** Ends one of the user's own sessions. Throws `AUTH_SESSION_NOT_FOUND` for any other id. */
  async endOwn(userId: string, sessionId: string): Promise<void> {
    const { sessions, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      if (!(await sessions.revoke(sessionId, 'logout', userId))) throw authErrors.sessionNotFound();
      const details = { sessionId };
      await audit.record({ type: 'auth.session_ended', subjectId: userId, details });
    });
    cache.invalidate(sessionId);
  }

  /** Ends all sessions of a user and revokes all access tokens. */
  async endAll(userId: string): Promise<void> {
    const { sessions, users, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      await users.endAccessTokens(userId);
      await sessions.revokeAllFor(userId, 'logout');
      await audit.record({ type: 'auth.sessions_ended', subjectId: userId });
    });
    cache.invalidateAll();
  }

  /** Ends all sessions of a user except this one. */
  async endOthers(userId: string, sessionId: string): Promise<void> {
    const { sessions, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      await sessions.revokeAllFor(userId, 'logout', sessionId);
      await audit.record({ type: 'auth.other_sessions_ended', subjectId: userId });
    });
    cache.invalidateAll();
  }

  /** Ends all sessions of a user in the open transaction. Call `invalidateCache` after the commit. */
  revokeAllFor(userId: string, reason: RevokeReason): Promise<void> {
    return this.deps.sessions.revokeAllFor(userId, reason);
  }

  /** Clears the session cache of this process. */
  invalidateCache(): void {
    this.deps.cache.invalidateAll();
  }

  /** Returns true if the user has signed in before, but never with this user agent. */
  isNewDevice(userId: string, { userAgent }: Device): Promise<boolean> {
    return this.deps.sessions.isNewDevice(userId, nameOf(userAgent));
  }

  /**
   * Records a change of the second factor and revokes all access tokens of the user. `sessionId` is the session in
   * which the factor was turned on, or null if the factor was turned off.
   */
  async changeSecondFactor(userId: string, sessionId: string | null): Promise<void> {
    const { sessions, users, transaction, afterCommit, cache } = this.deps;
    await transaction(async () => {
      await users.endAccessTokens(userId);
      await sessions.setMfa(userId, sessionId);
      afterCommit(() => {
        cache.invalidateAll();
      });
    });
  }

  list(userId: string): Promise<Session[]> {
    return this.deps.sessions.listFor(userId);
  }

  async authenticate(accessToken: string, { isFresh }: { isFresh: boolean }): Promise<Principal | null> {
    const claims = this.deps.accessTokens.verify(accessToken);
    if (claims === null) return null;
    const { sub, sid, tv } = claims;
    let state = await this.deps.cache.read(sid, sub, { isFresh });
    // Read again if the token is newer than the cached state. Another process may have raised the version since the
    // state was cached, so the token may be valid.
    if (state !== null && state.tokenVersion < tv)
      state = await this.deps.cache.read(sid, sub, { isFresh: true });
    if (state?.isLive !== true || state.userId !== sub || state.tokenVersion !== tv) return null;
    return {
      userId: sub,
      sessionId: sid,
      roles: state.roles,
      authenticatedAt: state.authTime,
      tokenVersion: tv,
      hasMfa: state.hasMfa,
      machineKey: null,
    };
  }

  async #classifyToken(refreshToken: string) {
    const parsed = parseRefreshToken(refreshToken);
    if (parsed === null) return null;
    const session = await this.deps.sessions.findTokenFacts(parsed.sessionId);
    if (!this.deps.refreshTokens.isGenuine(parsed, session) || session === null) return null;
    return { ...parsed, userId: session.userId };
  }

  /**
   * Handles a genuine token that could not be exchanged at once: another request has locked the session, or the token is
   * not the current one. Waits for the lock and exchanges a current token. Returns the session if the token was replaced
   * a moment ago. Otherwise treats the token as stolen, ends the session and returns null.
   */
  async #rotateOrReissueOrRevoke(sessionId: string, generation: number): Promise<TokenFacts | null> {
    const { sessions, audit, transaction, cache, logger, reuseIntervalSeconds } = this.deps;
    const { session, isReuse } = await transaction(async () => {
      const found = await sessions.lockClassified(sessionId, reuseIntervalSeconds);
      if (found?.isLive !== true) return { session: null, isReuse: false };
      if (generation === found.generation) {
        const rotated = await sessions.rotate(sessionId, generation, idleSeconds);
        return { session: rotated, isReuse: false };
      }
      if (generation === found.generation - 1 && found.isJustRotated)
        return { session: found, isReuse: false };
      await sessions.revoke(sessionId, 'reuse');
      const details = { sessionId };
      await audit.record({ type: 'auth.refresh_reuse', subjectId: found.userId, actorId: null, details });
      return { session: found, isReuse: true };
    });
    if (!isReuse) return session;
    // Invalidate after the commit. A concurrent read before the commit would put the active session back into the
    // cache.
    cache.invalidate(sessionId);
    logger.warn('A refresh token was reused; its session was ended.', {
      event: 'auth.refresh_reuse',
      sessionId,
      userId: session?.userId,
    });
    return null;
  }

  #tokens(session: TokenFacts, owner: Owner): Tokens {
    const { accessTokens, refreshTokens } = this.deps;
    return {
      accessToken: accessTokens.issue({
        userId: owner.id,
        sessionId: session.id,
        tokenVersion: owner.tokenVersion,
        roles: owner.roles,
        authTime: session.authTime,
      }),
      refreshToken: refreshTokens.issue(session, session.generation),
    };
  }
}
