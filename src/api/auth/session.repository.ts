import { changeInBatches, readAllWhere } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { Session, type RevokeReason } from './session.model.ts';

/** The columns that are needed to issue or verify a refresh token. */
export type TokenFacts = Pick<Session, 'id' | 'userId' | 'salt' | 'keyId' | 'generation' | 'authTime'>;

interface NewSession extends Pick<
  Session,
  'id' | 'userId' | 'salt' | 'keyId' | 'ip' | 'userAgent' | 'hasMfa'
> {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

interface Classified extends TokenFacts {
  readonly isLive: boolean;
  readonly isJustRotated: boolean;
}

type StoredState = Pick<Session, 'userId' | 'authTime' | 'hasMfa'> & { readonly isLive: boolean };

const facts = `id, user_id AS "userId", salt, key_id AS "keyId", generation, auth_time AS "authTime"`;
const live = `revoked_at IS NULL AND idle_expires_at > now() AND absolute_expires_at > now()`;

/** Queries on `sessions`. The database clock decides on expiry, because the clocks of processes may differ. */
export class SessionRepository {
  constructor(private readonly db: Database) {}

  async insert(session: NewSession): Promise<TokenFacts> {
    const { id, userId, salt, keyId, ip, userAgent, hasMfa, idleSeconds, absoluteSeconds } = session;
    const rows = await this.db.query<TokenFacts>(
      `INSERT INTO sessions (id, user_id, salt, key_id, ip, user_agent, has_mfa, idle_expires_at, absolute_expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8), now() + make_interval(secs => $9))
       RETURNING ${facts}`,
      [id, userId, salt, keyId, ip, userAgent, hasMfa, idleSeconds, absoluteSeconds],
    );
    return this.#only(rows);
  }

  async findTokenFacts(id: string): Promise<TokenFacts | null> {
    const [row] = await this.db.prepared<TokenFacts>(`SELECT ${facts} FROM sessions WHERE id = $1`, [id]);
    return row ?? null;
  }

  /**
   * Moves an active session from this generation to the next. Returns null if the session has ended, has another
   * generation or is locked by another transaction. So it never waits for a lock, and can run without a transaction: it
   * ends as soon as a COMMIT would, and the deadline waits for it as for a COMMIT.
   */
  async rotate(id: string, generation: number, idleSeconds: number): Promise<TokenFacts | null> {
    const [row] = await this.db.prepared<TokenFacts>(
      `UPDATE sessions SET generation = generation + 1, rotated_at = now(), last_used_at = now(),
         idle_expires_at = least(now() + make_interval(secs => $3), absolute_expires_at)
       WHERE id = (SELECT id FROM sessions WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED)
         AND generation = $2 AND ${live} RETURNING ${facts}`,
      [id, generation, idleSeconds],
    );
    return row ?? null;
  }

  /** Locks the session and returns the facts needed to judge a reused token. */
  async lockClassified(id: string, withinSeconds: number): Promise<Classified | null> {
    const [row] = await this.db.query<Classified>(
      `SELECT ${facts}, ${live} AS "isLive", rotated_at >= now() - make_interval(secs => $2) AS "isJustRotated"
       FROM sessions WHERE id = $1 FOR UPDATE`,
      [id, withinSeconds],
    );
    return row ?? null;
  }

  async findState(id: string): Promise<StoredState | null> {
    const [row] = await this.db.prepared<StoredState>(
      `SELECT user_id AS "userId", ${live} AS "isLive", auth_time AS "authTime", has_mfa AS "hasMfa" FROM sessions WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** Returns the active sessions of a user, newest first. */
  listFor(userId: string): Promise<Session[]> {
    return this.db
      .repository(Session)
      .createQueryBuilder('session')
      .where(`session.userId = :userId AND ${live}`, { userId })
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .getMany();
  }

  /** Reads all stored sessions of a user, including ended ones, newest first. */
  readAllOf(userId: string): AsyncGenerator<Session> {
    return readAllWhere(this.db.repository(Session), { userId });
  }

  /** Ends an active session. If `userId` is set, ends only a session of this user. Returns false if there is none. */
  async revoke(id: string, reason: RevokeReason, userId?: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = $2
       WHERE id = $1 AND ${live} AND ($3::uuid IS NULL OR user_id = $3) RETURNING 1`,
      [id, reason, userId ?? null],
    );
    return rows.length > 0;
  }

  /** Ends all sessions of a user except `exceptId`. */
  async revokeAllFor(userId: string, reason: RevokeReason, exceptId?: string): Promise<void> {
    await this.db.query(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = $2
       WHERE user_id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
      [userId, reason, exceptId ?? null],
    );
  }

  /** Returns true if the user has stored sessions, including ended ones, and none of them has this user agent. */
  async isNewDevice(userId: string, userAgent: string | null): Promise<boolean> {
    const [row] = await this.db.query<{ isNew: boolean | null }>(
      `SELECT bool_and(user_agent IS DISTINCT FROM $2) AS "isNew" FROM sessions WHERE user_id = $1`,
      [userId, userAgent],
    );
    return row?.isNew === true;
  }

  /** Sets `has_mfa` on this session of the user, and clears it on all others. */
  async setMfa(userId: string, sessionId: string | null): Promise<void> {
    await this.db.query(
      'UPDATE sessions SET has_mfa = coalesce(id = $2, false) WHERE user_id = $1 AND revoked_at IS NULL',
      [userId, sessionId],
    );
  }

  /** Serializes the transactions that start a session for this user, so that the session limit holds. */
  async lockFor(userId: string): Promise<void> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('sessions:' || $1, 0))`, [userId]);
  }

  /** Ends all active sessions of a user except the newest `keep`. Returns the ids of the ended sessions. */
  async revokeBeyond(userId: string, keep: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = 'limit'
       WHERE id IN (SELECT id FROM sessions WHERE user_id = $1 AND ${live} ORDER BY created_at DESC, id DESC OFFSET $2)
       RETURNING id`,
      [userId, keep],
    );
    return rows.map(({ id }) => id);
  }

  /** Deletes the ended sessions of a user in batches. Each batch commits. */
  async deleteEndedInBatches(userId: string): Promise<void> {
    await changeInBatches(
      this.db,
      `DELETE FROM sessions WHERE id = ANY (ARRAY(
         SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NOT NULL LIMIT $2)) RETURNING 1`,
      [userId],
    );
  }

  async deleteAllFor(userId: string): Promise<void> {
    await this.db.repository(Session).delete({ userId });
  }

  /** Deletes up to `limit` expired sessions, whose tokens can no longer be replayed. Returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('sessions', 'absolute_expires_at < now()', limit);
  }

  #only<Row>([row]: Row[]): Row {
    if (row === undefined) throw new Error('INSERT … RETURNING returned no row.');
    return row;
  }
}
