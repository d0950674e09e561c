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
  /** How long a replaced refresh token returns its successor again: two tabs share one cookie jar, and responses get lost. */
  readonly reuseIntervalSeconds: number;
}

/** Where a sign-in comes from. */
export interface Device {
  readonly ip: string;
  readonly userAgent: string | null;
  /** What the device was given at an earlier sign-in, to be known again by. */
  readonly token: string | undefined;
  /** The refresh token that the device comes with: its session makes way for the new one. */
  readonly refreshToken: string | undefined;
}

/** What a client holds after signing in or refreshing. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
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

/** Sessions: started by signing in, carried on by refreshing, and ended for good. */
export class SessionService implements Authenticator {
  constructor(private readonly deps: SessionServiceDeps) {}

  /** Starts a session. The one that the device had before ends, and the oldest of more than ten. */
  async start(owner: Owner, { ip, userAgent, refreshToken = '' }: Device, hasMfa: boolean): Promise<Tokens> {
    const { sessions, users, audit, transaction, afterCommit, keys, ids, cache } = this.deps;
    const session = await transaction(async () => {
      // Found right a moment ago, and perhaps erased, disabled or given another password since.
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
   * Exchanges a refresh token for its one successor. A token that was replaced earlier and shows up again means that
   * two parties hold it: the session ends. Throws `AUTH_INVALID_REFRESH_TOKEN` in every case but success.
   */
  async refresh(refreshToken: string): Promise<Tokens> {
    const { sessions, users, transaction } = this.deps;
    const known = await this.#classifyToken(refreshToken);
    if (known === null) throw authErrors.invalidRefreshToken();
    const { sessionId, userId, generation } = known;
    // Asked before the exchange: when this fails, the token is still good, also in an hour.
    const access = await users.findAccess(userId);
    if (access?.isActive !== true) throw authErrors.invalidRefreshToken();
    const session =
      // In a transaction: what the deadline has answered 503 for must not have happened.
      (await transaction(() => sessions.rotate(sessionId, generation, idleSeconds))) ??
      (await this.#reissue(sessionId, generation));
    if (session === null) throw authErrors.invalidRefreshToken();
    return this.#tokens(session, { id: userId, ...access });
  }

  /** Ends the session that a refresh token belongs to, whichever generation it is; anything else is ignored. */
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

  /** Ends one of a user's own sessions; throws `AUTH_SESSION_NOT_FOUND`. */
  async endOwn(userId: string, sessionId: string): Promise<void> {
    const { sessions, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      if (!(await sessions.revoke(sessionId, 'logout', userId))) throw authErrors.sessionNotFound();
      const details = { sessionId };
      await audit.record({ type: 'auth.session_ended', subjectId: userId, details });
    });
    cache.invalidate(sessionId);
  }

  /** Ends every session of a user, and every access token. */
  async endAll(userId: string): Promise<void> {
    const { sessions, users, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      await users.endAccessTokens(userId);
      await sessions.revokeAllFor(userId, 'logout');
      await audit.record({ type: 'auth.sessions_ended', subjectId: userId });
    });
    cache.invalidateAll();
  }

  /** Ends every session of a user but this one. */
  async endOthers(userId: string, sessionId: string): Promise<void> {
    const { sessions, audit, transaction, cache } = this.deps;
    await transaction(async () => {
      await sessions.revokeAllFor(userId, 'logout', sessionId);
      await audit.record({ type: 'auth.other_sessions_ended', subjectId: userId });
    });
    cache.invalidateAll();
  }

  /** Ends every session of a user in the open transaction; call `invalidateCache` once that is committed. */
  revokeAllFor(userId: string, reason: RevokeReason): Promise<void> {
    return this.deps.sessions.revokeAllFor(userId, reason);
  }

  /** Forgets at once what this process remembers of sessions. */
  invalidateCache(): void {
    this.deps.cache.invalidateAll();
  }

  /** Whether the user was signed in before, and never with this kind of device. */
  isNewDevice(userId: string, { userAgent }: Device): Promise<boolean> {
    return this.deps.sessions.isNewDevice(userId, nameOf(userAgent));
  }

  /** Notes that the second factor was turned on in this session, or (null) off; ends every access token. */
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
    // Another process may have raised the version since this one asked: a newer token is no wrong one.
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

  /** A genuine token that is not the current one: a moment late, or stolen. */
  async #reissue(sessionId: string, generation: number): Promise<TokenFacts | null> {
    const { sessions, audit, transaction, cache, logger, reuseIntervalSeconds } = this.deps;
    const { session, isReuse } = await transaction(async () => {
      const found = await sessions.lockClassified(sessionId, reuseIntervalSeconds);
      if (found?.isLive !== true) return { session: null, isReuse: false };
      if (generation === found.generation - 1 && found.isJustRotated)
        return { session: found, isReuse: false };
      await sessions.revoke(sessionId, 'reuse');
      const details = { sessionId };
      await audit.record({ type: 'auth.refresh_reuse', subjectId: found.userId, actorId: null, details });
      return { session: found, isReuse: true };
    });
    if (!isReuse) return session;
    // Not before the commit: until then a read still finds the session alive, and would be remembered.
    cache.invalidate(sessionId);
    logger.warn('A refresh token was used twice: its session has ended.', {
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
