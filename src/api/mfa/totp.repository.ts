import { IsNull, Not } from 'typeorm';
import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import { TotpCredential } from './totp-credential.model.ts';

/** The authenticator app of a user, as codes are held against it. */
export interface Totp {
  readonly userId: string;
  /** In base32. */
  readonly secret: string;
}

/** Whether a first code of the app was shown: only then it counts. */
export type TotpState = 'pending' | 'confirmed';

const associatedDataOf = (userId: string): string => `totp_credentials.secret:${userId}`;
const stateOf = (state: TotpState) => ({ confirmedAt: state === 'pending' ? IsNull() : Not(IsNull()) });

/** Questions to the table of authenticator apps. */
export class TotpRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  exists(userId: string, state: TotpState): Promise<boolean> {
    return this.db.repository(TotpCredential).existsBy({ userId, ...stateOf(state) });
  }

  /** Since when codes are asked for; null where they are not. */
  async findConfirmedAt(userId: string): Promise<Date | null> {
    const found = await this.db.findOne(TotpCredential, { userId });
    return found?.confirmedAt ?? null;
  }

  /** The app in this state, held until the transaction ends: codes of one user are judged one after another. */
  async lock(userId: string, state: TotpState): Promise<Totp | null> {
    const found = await this.db.repository(TotpCredential).findOne({
      where: { userId, ...stateOf(state) },
      lock: { mode: 'pessimistic_write' },
    });
    return found === null
      ? null
      : { userId, secret: this.cipher.decrypt(found.secret, associatedDataOf(userId)) };
  }

  /** Stores a new secret in the place of one that was never confirmed; false when there is one that was. */
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

  /** Uses up the code of a step and of all before it; false when a code of this step or a later one was used already. */
  async consumeStep(userId: string, step: number): Promise<boolean> {
    const rows = await this.db.query(
      'UPDATE totp_credentials SET last_step = $2 WHERE user_id = $1 AND last_step < $2 RETURNING 1',
      [userId, step],
    );
    return rows.length > 0;
  }

  /** Removes the app of a user in any state; returns whether codes of it were asked for at sign-in. */
  async deleteFor(userId: string): Promise<boolean> {
    const rows = await this.db.query<{ wasOn: boolean }>(
      'DELETE FROM totp_credentials WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS "wasOn"',
      [userId],
    );
    return rows[0]?.wasOn === true;
  }
}
