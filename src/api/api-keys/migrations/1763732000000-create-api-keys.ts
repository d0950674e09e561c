import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateApiKeys1763732000000 implements MigrationInterface {
  readonly name = 'CreateApiKeys1763732000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "api_key_usage" ("key_id" uuid NOT NULL, "period" text NOT NULL, "window_started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "count" integer NOT NULL, CONSTRAINT "PK_ed54616aa6c3af25f6970a82d72" PRIMARY KEY ("key_id", "period"))`,
    );
    await runner.query(
      `CREATE INDEX "api_key_usage_window_started_at" ON "api_key_usage"  ("window_started_at")`,
    );
    await runner.query(
      `CREATE TABLE "api_keys" ("id" uuid NOT NULL, "prefix" text NOT NULL, "name" text NOT NULL, "user_id" uuid NOT NULL, "organization_id" uuid, "scopes" text array NOT NULL, "allowed_addresses" text array NOT NULL, "quota_per_minute" integer NOT NULL, "quota_per_day" integer NOT NULL, "made_with_mfa" boolean NOT NULL, "secret_hash" text NOT NULL, "previous_secret_hash" text, "previous_expires_at" TIMESTAMP(3) WITH TIME ZONE, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "last_used_at" TIMESTAMP(3) WITH TIME ZONE, "last_used_ip" text, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_5c8a79801b44bd27b79228e1dad" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "api_keys_prefix_unique" ON "api_keys"  ("prefix")`);
    await runner.query(`CREATE INDEX "api_keys_expires_at" ON "api_keys"  ("expires_at")`);
    await runner.query(
      `CREATE INDEX "api_keys_organization_id_created_at_id" ON "api_keys"  ("organization_id", "created_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "api_keys_user_id_created_at_id" ON "api_keys"  ("user_id", "created_at", "id")`,
    );
    await runner.query(
      `ALTER TABLE "api_keys" ADD CONSTRAINT "FK_a3baee01d8408cd3c0f89a9a973" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "api_keys" DROP CONSTRAINT "FK_a3baee01d8408cd3c0f89a9a973"`);
    await runner.query(`DROP INDEX "public"."api_keys_user_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."api_keys_organization_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."api_keys_expires_at"`);
    await runner.query(`DROP INDEX "public"."api_keys_prefix_unique"`);
    await runner.query(`DROP TABLE "api_keys"`);
    await runner.query(`DROP INDEX "public"."api_key_usage_window_started_at"`);
    await runner.query(`DROP TABLE "api_key_usage"`);
  }
}
