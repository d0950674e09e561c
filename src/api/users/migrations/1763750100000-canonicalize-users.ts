import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readRows } from '../../../db/read-rows.ts';
import { canonicalEmail } from '../../../utils/email.ts';

interface StoredUser {
  readonly id: string;
  readonly email: string;
}

/** Brings stored addresses to IDNA and names to NFC, as new ones are. */
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

  // The spellings before are gone; the code before finds addresses in IDNA, too.
  async down(): Promise<void> {
    // There is nothing to take back.
  }

  /** An address that another account has by now stays as it is: signing in still finds it in that spelling. */
  async #rename(runner: QueryRunner, { id, email }: StoredUser, canonical: string | null): Promise<void> {
    if (canonical === null || canonical === email) return;
    await runner.query(
      `UPDATE "users" SET "email" = $2, "version" = "version" + 1
       WHERE "id" = $1 AND NOT EXISTS (SELECT 1 FROM "users" WHERE "email" = $2 AND "deleted_at" IS NULL)`,
      [id, canonical],
    );
  }
}
