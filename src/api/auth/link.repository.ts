import type { Database } from '../../db/database.ts';
import { Link, type LinkPurpose } from './link.model.ts';

interface NewLink extends Pick<Link, 'userId' | 'purpose' | 'tokenHash' | 'email'> {
  readonly ttlSeconds: number;
}

/** The owner of a link, and the address it was sent to. */
export type LinkOwner = Pick<Link, 'userId' | 'email'>;

const owner = `user_id AS "userId", email`;

/** Queries on `links`. The database clock decides on expiry. */
export class LinkRepository {
  constructor(private readonly db: Database) {}

  /** Stores a link. Replaces the previous link of this user and purpose. */
  async replace({ userId, purpose, tokenHash, email, ttlSeconds }: NewLink): Promise<void> {
    await this.db.query(
      `INSERT INTO links (user_id, purpose, token_hash, email, created_at, expires_at)
       VALUES ($1, $2, $3, $4, now(), now() + make_interval(secs => $5))
       ON CONFLICT (user_id, purpose) DO UPDATE SET token_hash = excluded.token_hash, email = excluded.email,
         created_at = excluded.created_at, expires_at = excluded.expires_at`,
      [userId, purpose, tokenHash, email, ttlSeconds],
    );
  }

  async find(tokenHash: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    const [row] = await this.db.query<LinkOwner>(
      `SELECT ${owner} FROM links WHERE token_hash = $1 AND purpose = $2 AND expires_at > now()`,
      [tokenHash, purpose],
    );
    return row ?? null;
  }

  /** Deletes a valid link and returns its owner, or null. Of two concurrent calls, only one succeeds. */
  async consume(tokenHash: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    const [row] = await this.db.query<LinkOwner>(
      `DELETE FROM links WHERE token_hash = $1 AND purpose = $2 AND expires_at > now() RETURNING ${owner}`,
      [tokenHash, purpose],
    );
    return row ?? null;
  }

  async deleteFor(userId: string, purpose: LinkPurpose): Promise<void> {
    await this.db.repository(Link).delete({ userId, purpose });
  }

  async deleteAllFor(userId: string): Promise<void> {
    await this.db.repository(Link).delete({ userId });
  }

  listFor(userId: string): Promise<Link[]> {
    return this.db.repository(Link).find({ where: { userId }, order: { purpose: 'ASC' } });
  }

  /** Deletes up to `limit` expired links and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('links', 'expires_at < now()', limit);
  }
}
