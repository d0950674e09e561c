import { IsNull, Not } from 'typeorm';
import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import { TotpCredential } from './totp-credential.model.ts';

/** A user's TOTP credential, for verifying codes. */
export interface Totp {
  readonly userId: string;
  /** The secret, encoded in base32. */
  readonly secret: string;
}

/** A credential is `confirmed` after its first valid code. Sign-in ignores a pending credential. */
export type TotpState = 'pending' | 'confirmed';

const associatedDataOf = (userId: string): string => `totp_credentials.secret:${userId}`;
const whereState = (state: TotpState) => ({ confirmedAt: state === 'pending' ? IsNull() : Not(IsNull()) });

/** Queries on `totp_credentials`. */
export class TotpRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  exists(userId: string, state: TotpState): Promise<boolean> {
    return this.db.repository(TotpCredential).existsBy({ userId, ...whereState(state) });
  }

  /** Returns when the second factor was turned on, or null if it is off. */
  async findConfirmedAt(userId: string): Promise<Date | null> {
    const found = await this.db.findOne(TotpCredential, { userId });
    return found?.confirmedAt ?? null;
  }

  /** Locks and returns the credential in this state, so that codes of one user are verified one after another. */
  async lock(userId: string, state: TotpState): Promise<Totp | null> {
    const found = await this.db.repository(TotpCredential).findOne({
      where: { userId, ...whereState(state) },
      lock: { mode: 'pessimistic_write' },
    });
    return found === null
      ? null
      : { userId, secret: this.cipher.decrypt(found.secret, associatedDataOf(userId)) };
  }

  /** Stores a secret, replacing an unconfirmed one. Returns false if the user has a confirmed one. */
  async insert({ userId, secret }: Totp): Promise<boolean> {
    const rows = await this.db.query(
      `INSERT INTO totp_credentials AS t (user_id, secret) VALUES ($1, $2)
       ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = now()
       WHERE t.confirmed_at IS NULL RETURNING 1`,
      [userId, this.cipher.encrypt(secret, associatedDataOf(userId))],
    );
    return rows.length > 0;
  }

  async confirm(userId: string): Promise<void> {
    await this.db.query('UPDATE totp_credentials SET confirmed_at = now() WHERE user_id = $1', [userId]);
  }

  /** Marks the codes up to this time step as used. Returns false if this step or a later one was used before. */
  async consumeStep(userId: string, step: number): Promise<boolean> {
    const rows = await this.db.query(
      'UPDATE totp_credentials SET last_step = $2 WHERE user_id = $1 AND last_step < $2 RETURNING 1',
      [userId, step],
    );
    return rows.length > 0;
  }

  /** Deletes the credential of a user in any state. Returns true if the credential was confirmed. */
  async deleteFor(userId: string): Promise<boolean> {
    const rows = await this.db.query<{ wasOn: boolean }>(
      'DELETE FROM totp_credentials WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS "wasOn"',
      [userId],
    );
    return rows[0]?.wasOn === true;
  }
}
