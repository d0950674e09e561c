import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readRows } from '../../../db/read-rows.ts';
import { canonicalEmail } from '../../../utils/email.ts';

interface StoredInvitation {
  readonly id: string;
  readonly email: string;
}

/** Converts the addresses of invitations to IDNA and the names of organizations to NFC. */
export class CanonicalizeInvitations1763750200000 implements MigrationInterface {
  readonly name = 'CanonicalizeInvitations1763750200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "organizations" SET "name" = normalize("name", NFC), "version" = "version" + 1 WHERE "name" IS NOT NFC NORMALIZED`,
    );
    const invitations = await readRows<StoredInvitation>(
      runner,
      `SELECT "id", "email" FROM "invitations" WHERE "email" ~ '[^\\x01-\\x7f]' ORDER BY "created_at"`,
    );
    for (const { id, email } of invitations) await this.#rename(runner, id, canonicalEmail(email) ?? email);
  }

  // Not reversible: the original spellings are lost.
  async down(): Promise<void> {
    // Nothing to revert.
  }

  /** Updates an address. If an organization has two invitations to it, keeps the newer one. */
  async #rename(runner: QueryRunner, id: string, canonical: string): Promise<void> {
    await runner.query(
      `DELETE FROM "invitations" older USING "invitations" newer
       WHERE newer."id" = $1 AND older."organization_id" = newer."organization_id"
         AND older."email" = $2 AND older."id" <> newer."id"`,
      [id, canonical],
    );
    await runner.query(`UPDATE "invitations" SET "email" = $2 WHERE "id" = $1`, [id, canonical]);
  }
}
