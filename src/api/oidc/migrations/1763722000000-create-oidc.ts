import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOidc1763722000000 implements MigrationInterface {
  readonly name = 'CreateOidc1763722000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "oidc_flows" ("state_hash" text NOT NULL, "provider" text NOT NULL, "nonce" text NOT NULL, "code_verifier" text NOT NULL, "browser_hash" text NOT NULL, "link_user_id" uuid, "link_token_version" integer, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "PK_b4d9da20aca974afe801fc9ef62" PRIMARY KEY ("state_hash"))`,
    );
    await runner.query(`CREATE INDEX "oidc_flows_link_user_id" ON "oidc_flows"  ("link_user_id")`);
    await runner.query(`CREATE INDEX "oidc_flows_expires_at" ON "oidc_flows"  ("expires_at")`);
    await runner.query(
      `CREATE TABLE "oidc_identities" ("issuer" text NOT NULL, "subject" text NOT NULL, "user_id" uuid NOT NULL, "provider" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "last_used_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "oidc_identities_pkey" PRIMARY KEY ("issuer", "subject"))`,
    );
    await runner.query(`CREATE INDEX "oidc_identities_user_id" ON "oidc_identities"  ("user_id")`);
    await runner.query(
      `ALTER TABLE "oidc_flows" ADD CONSTRAINT "FK_a825fe6718b5a1a60fcfdee111e" FOREIGN KEY ("link_user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "oidc_identities" ADD CONSTRAINT "FK_9fe6252422ff84d3a961b11b930" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "oidc_identities" DROP CONSTRAINT "FK_9fe6252422ff84d3a961b11b930"`);
    await runner.query(`ALTER TABLE "oidc_flows" DROP CONSTRAINT "FK_a825fe6718b5a1a60fcfdee111e"`);
    await runner.query(`DROP INDEX "public"."oidc_identities_user_id"`);
    await runner.query(`DROP TABLE "oidc_identities"`);
    await runner.query(`DROP INDEX "public"."oidc_flows_expires_at"`);
    await runner.query(`DROP INDEX "public"."oidc_flows_link_user_id"`);
    await runner.query(`DROP TABLE "oidc_flows"`);
  }
}
