import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readRows } from '../../../db/read-rows.ts';
import { canonicalEmail } from '../../../utils/email.ts';

interface StoredUser {
  readonly id: string;
  readonly email: string;
}

/** Converts stored addresses to IDNA and stored names to NFC, like new ones. */
export class CanonicalizeUsers1763750100000 implements MigrationInterface {
  readonly name = 'CanonicalizeUsers1763750100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "users" SET "name" = normalize("name", NFC), "version" = "version" + 1 WHERE "name" IS NOT NFC NORMALIZED`,
    );
    const users = await readRows<StoredUser>(
      runner,
      `SELECT "id", "email" FROM "users" WHERE "deleted_at" IS NULL AND "email" ~ '[^\\x01-\\x7f]' ORDER BY "id"`,
    );
    for (const { id, email } of users) await this.#rename(runner, { id, email }, canonicalEmail(email));
  }

  // Not reversible: the original spellings are lost. The previous release finds addresses in IDNA too.
  async down(): Promise<void> {
    // Nothing to revert.
  }

  /** Updates an address. Skips one that another account has; sign-in still finds it in its stored spelling. */
  async #rename(runner: QueryRunner, { id, email }: StoredUser, canonical: string | null): Promise<void> {
    if (canonical === null || canonical === email) return;
    await runner.query(
      `UPDATE "users" SET "email" = $2, "version" = "version" + 1
       WHERE "id" = $1 AND NOT EXISTS (SELECT 1 FROM "users" WHERE "email" = $2 AND "deleted_at" IS NULL)`,
      [id, canonical],
    );
  }
}
