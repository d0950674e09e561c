import { In } from 'typeorm';
import type { Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { translateUnique } from '../../db/errors.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { userErrors } from './user.errors.ts';
import { User, wordBreaks } from './user.model.ts';
import type { ListUsersQuery } from './user.validation.ts';

const sortColumns: SortColumns = {
  createdAt: { property: 'createdAt', kind: 'moment' },
  email: { property: 'email', kind: 'text' },
  name: { property: 'name', kind: 'text' },
};

const wordSeparator = new RegExp(`(?:\\s|${wordBreaks})+`);

/** Converts a text to a `to_tsquery` expression that matches each word as a prefix. Removes operators. */
const toPrefixQuery = (text: string): string =>
  text
    .split(wordSeparator)
    .filter((word) => word !== '')
    .map((word) => `'${word}':*`)
    .join(' & ');

/** A period from `from` (inclusive) to `to` (exclusive). */
export interface Period {
  readonly from?: Date;
  readonly to?: Date;
}

type AccessFacts = Pick<User, 'id' | 'roles' | 'status' | 'tokenVersion'>;

/** Queries on `users`. They never return erased users. */
export class UserRepository {
  constructor(private readonly db: Database) {}

  findById(id: string): Promise<User | null> {
    return this.db.findOne(User, { id });
  }

  findAllById(ids: readonly string[]): Promise<User[]> {
    return this.db.repository(User).findBy({ id: In([...ids]) });
  }

  async getById(id: string): Promise<User> {
    const user = await this.findById(id);
    if (user === null) throw userErrors.notFound();
    return user;
  }

  /**
   * Finds the account with one of these spellings of an address. If several accounts match, the first spelling wins.
   */
  async findByEmail(...spellings: readonly string[]): Promise<User | null> {
    for (const email of spellings) {
      const user = await this.db.findOne(User, { email });
      if (user !== null) return user;
    }
    return null;
  }

  /** Returns only the columns that decide on access, because this query runs on nearly every request. */
  async findAccess(id: string): Promise<AccessFacts | null> {
    const [row] = await this.db.prepared<AccessFacts>(
      `SELECT id, roles, status, token_version AS "tokenVersion" FROM users WHERE id = $1 AND deleted_at IS NULL`,
      [id],
    );
    return row ?? null;
  }

  /** Locks and returns the user. Throws `USERS_NOT_FOUND`. */
  async lockById(id: string): Promise<User> {
    const user = await this.db
      .repository(User)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (user === null) throw userErrors.notFound();
    return user;
  }

  /**
   * Locks an active user against being disabled or erased, and against every change that revokes access tokens, until
   * the transaction ends. Returns false if there is no such active user or the token version has changed.
   */
  async lockActiveAtVersion(id: string, tokenVersion: number): Promise<boolean> {
    const rows = await this.db.prepared(
      `SELECT 1 FROM users WHERE id = $1 AND token_version = $2 AND status = 'active' AND deleted_at IS NULL FOR SHARE`,
      [id, tokenVersion],
    );
    return rows.length > 0;
  }

  /** Locks an active user against erasure until the transaction ends. Returns false if there is no such active user. */
  async lockActive(id: string): Promise<boolean> {
    const rows = await this.db.prepared(
      `SELECT 1 FROM users WHERE id = $1 AND status = 'active' AND deleted_at IS NULL FOR KEY SHARE`,
      [id],
    );
    return rows.length > 0;
  }

  /** Locks all active administrators in a fixed order. Returns their ids. */
  async lockAdmins(): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM users WHERE roles @> '{admin}' AND status = 'active' AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  list(query: ListUsersQuery, { from, to }: Period): Promise<Page<User>> {
    const { q, status, role, emailVerified } = query;
    const users = this.db.repository(User).createQueryBuilder('user');
    if (q !== undefined)
      users.andWhere(`user.search @@ to_tsquery('simple', lower(:words))`, { words: toPrefixQuery(q) });
    if (status !== undefined) users.andWhere('user.status = :status', { status });
    if (role !== undefined) users.andWhere('user.roles @> :role', { role: [role] });
    if (emailVerified !== undefined) users.andWhere('user.emailVerified = :emailVerified', { emailVerified });
    if (from !== undefined) users.andWhere('user.createdAt >= :from', { from });
    if (to !== undefined) users.andWhere('user.createdAt < :to', { to });
    return listPage(users, query, sortColumns);
  }

  /** Stores a user. Throws `AUTH_EMAIL_TAKEN` if another account has the address. */
  async insert(user: User): Promise<void> {
    await translateUnique('users_email_unique', userErrors.emailTaken, () =>
      this.db.repository(User).insert(user),
    );
  }

  /** Stores changes to a locked user. Returns the updated user. Throws `AUTH_EMAIL_TAKEN`. */
  async update(user: User, changes: Partial<Omit<User, 'search'>>): Promise<User> {
    const next = { ...changes, version: user.version + 1 };
    await translateUnique('users_email_unique', userErrors.emailTaken, () =>
      this.db.repository(User).update({ id: user.id }, next),
    );
    return Object.assign(user, next);
  }

  async replacePasswordHash(id: string, passwordHash: string, replaced: string): Promise<void> {
    await this.db.query('UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3', [
      id,
      passwordHash,
      replaced,
    ]);
  }

  async setLanguage(id: string, language: User['language']): Promise<void> {
    await this.db.query('UPDATE users SET language = $2 WHERE id = $1', [id, language]);
  }

  async incrementTokenVersion(id: string): Promise<void> {
    await this.db.query(
      'UPDATE users SET token_version = token_version + 1, version = version + 1, updated_at = now() WHERE id = $1',
      [id],
    );
  }
}
