import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateUsers1763700001000 implements MigrationInterface {
  readonly name = 'CreateUsers1763700001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "users" ("id" uuid NOT NULL, "email" text NOT NULL, "name" text NOT NULL, "password_hash" text, "roles" text array NOT NULL, "email_verified" boolean NOT NULL DEFAULT false, "status" text NOT NULL DEFAULT 'active', "token_version" integer NOT NULL DEFAULT '1', "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "deleted_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "users_email_unique" ON "users"  ("email") WHERE "deleted_at" IS NULL`,
    );
    await runner.query(`CREATE INDEX "users_roles" ON "users" USING gin ("roles")`);
    await runner.query(`CREATE INDEX "users_status" ON "users"  ("status")`);
    await runner.query(`CREATE INDEX "users_email_id" ON "users"  ("email", "id")`);
    await runner.query(`CREATE INDEX "users_name_id" ON "users"  ("name", "id")`);
    await runner.query(`CREATE INDEX "users_created_at_id" ON "users"  ("created_at", "id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."users_created_at_id"`);
    await runner.query(`DROP INDEX "public"."users_name_id"`);
    await runner.query(`DROP INDEX "public"."users_email_id"`);
    await runner.query(`DROP INDEX "public"."users_status"`);
    await runner.query(`DROP INDEX "public"."users_roles"`);
    await runner.query(`DROP INDEX "public"."users_email_unique"`);
    await runner.query(`DROP TABLE "users"`);
  }
}
