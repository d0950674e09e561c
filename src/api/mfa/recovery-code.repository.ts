import { IsNull } from 'typeorm';
import type { Database } from '../../db/database.ts';
import { RecoveryCode } from './recovery-code.model.ts';

/** Queries on `recovery_codes`. */
export class RecoveryCodeRepository {
  constructor(private readonly db: Database) {}

  /** Replaces all recovery codes of a user with these. */
  async replaceAllFor(userId: string, hashes: readonly string[]): Promise<void> {
    await this.deleteAllFor(userId);
    await this.db.repository(RecoveryCode).insert(hashes.map((codeHash) => ({ userId, codeHash })));
  }

  /** Marks a code as used. Returns false if the code does not exist or was used before. */
  async consume(userId: string, codeHash: string): Promise<boolean> {
    const rows = await this.db.query(
      'UPDATE recovery_codes SET used_at = now() WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING 1',
      [userId, codeHash],
    );
    return rows.length > 0;
  }

  countUnused(userId: string): Promise<number> {
    return this.db.repository(RecoveryCode).countBy({ userId, usedAt: IsNull() });
  }

  async deleteAllFor(userId: string): Promise<void> {
    await this.db.repository(RecoveryCode).delete({ userId });
  }
}
