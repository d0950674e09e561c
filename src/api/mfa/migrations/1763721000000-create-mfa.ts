import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMfa1763721000000 implements MigrationInterface {
  readonly name = 'CreateMfa1763721000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "recovery_codes" ("user_id" uuid NOT NULL, "code_hash" text NOT NULL, "used_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_d07c335ded337e58c4f36f234d2" PRIMARY KEY ("user_id", "code_hash"))`,
    );
    await runner.query(
      `CREATE TABLE "totp_credentials" ("user_id" uuid NOT NULL, "secret" text NOT NULL, "confirmed_at" TIMESTAMP(3) WITH TIME ZONE, "last_step" integer NOT NULL DEFAULT '0', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_e7500eeafa3a0dcb09090965589" PRIMARY KEY ("user_id"))`,
    );
    await runner.query(
      `ALTER TABLE "recovery_codes" ADD CONSTRAINT "FK_fb82b2ac740ca095b617afad031" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "totp_credentials" ADD CONSTRAINT "FK_e7500eeafa3a0dcb09090965589" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "totp_credentials" DROP CONSTRAINT "FK_e7500eeafa3a0dcb09090965589"`);
    await runner.query(`ALTER TABLE "recovery_codes" DROP CONSTRAINT "FK_fb82b2ac740ca095b617afad031"`);
    await runner.query(`DROP TABLE "totp_credentials"`);
    await runner.query(`DROP TABLE "recovery_codes"`);
  }
}
