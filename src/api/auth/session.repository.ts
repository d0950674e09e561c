import { changeInBatches, readAllWhere } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { Session, type RevokeReason } from './session.model.ts';

/** What a refresh needs to know of a session that it does not hold. */
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

/** Questions to the table of sessions. The database's clock decides: processes may disagree about the time. */
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

  /** Moves a live session from this generation to the next; null when it is not live or not at it. */
  async rotate(id: string, generation: number, idleSeconds: number): Promise<TokenFacts | null> {
    const [row] = await this.db.prepared<TokenFacts>(
      `UPDATE sessions SET generation = generation + 1, rotated_at = now(), last_used_at = now(),
         idle_expires_at = least(now() + make_interval(secs => $3), absolute_expires_at)
       WHERE id = $1 AND generation = $2 AND ${live} RETURNING ${facts}`,
      [id, generation, idleSeconds],
    );
    return row ?? null;
  }

  /** The session, held until the transaction ends, with what a repeated token turns on. */
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

  /** The live sessions of a user, the newest first. */
  listFor(userId: string): Promise<Session[]> {
    return this.db
      .repository(Session)
      .createQueryBuilder('session')
      .where(`session.userId = :userId AND ${live}`, { userId })
      .orderBy('session.createdAt', 'DESC')
      .addOrderBy('session.id', 'DESC')
      .getMany();
  }

  /** Reads every stored session of a user, ended ones too, the newest first. */
  readAllOf(userId: string): AsyncGenerator<Session> {
    return readAllWhere(this.db.repository(Session), { userId });
  }

  /** Ends one session, of this user if one is named; false when there is no such live session. */
  async revoke(id: string, reason: RevokeReason, userId?: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = $2
       WHERE id = $1 AND ${live} AND ($3::uuid IS NULL OR user_id = $3) RETURNING 1`,
      [id, reason, userId ?? null],
    );
    return rows.length > 0;
  }

  /** Ends every session of a user, or every one but `exceptId`. */
  async revokeAllFor(userId: string, reason: RevokeReason, exceptId?: string): Promise<void> {
    await this.db.query(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = $2
       WHERE user_id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
      [userId, reason, exceptId ?? null],
    );
  }

  /** Whether there are sessions of the user, ended ones too, and none of them of a device that calls itself so. */
  async isNewDevice(userId: string, userAgent: string | null): Promise<boolean> {
    const [row] = await this.db.query<{ isNew: boolean | null }>(
      `SELECT bool_and(user_agent IS DISTINCT FROM $2) AS "isNew" FROM sessions WHERE user_id = $1`,
      [userId, userAgent],
    );
    return row?.isNew === true;
  }

  /** Marks the one session as signed in with a second factor, and all others of the user as not. */
  async setMfa(userId: string, sessionId: string | null): Promise<void> {
    await this.db.query(
      'UPDATE sessions SET has_mfa = coalesce(id = $2, false) WHERE user_id = $1 AND revoked_at IS NULL',
      [userId, sessionId],
    );
  }

  /** Lets one transaction at a time start a session for this user, so that two cannot both be the last allowed. */
  async lockFor(userId: string): Promise<void> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('sessions:' || $1, 0))`, [userId]);
  }

  /** Ends all but the newest live sessions of a user; gives the ids of those that ended. */
  async revokeBeyond(userId: string, keep: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE sessions SET revoked_at = now(), revoke_reason = 'limit'
       WHERE id IN (SELECT id FROM sessions WHERE user_id = $1 AND ${live} ORDER BY created_at DESC, id DESC OFFSET $2)
       RETURNING id`,
      [userId, keep],
    );
    return rows.map(({ id }) => id);
  }

  /** Deletes the sessions of a user that have ended, in batches that each commit. */
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

  /** Deletes up to `limit` expired sessions, whose tokens can no longer be used or replayed, and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('sessions', 'absolute_expires_at < now()', limit);
  }

  #only<Row>([row]: Row[]): Row {
    if (row === undefined) throw new Error('The insert gave no row back.');
    return row;
  }
}
