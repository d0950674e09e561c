import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrganizations1763733000000 implements MigrationInterface {
  readonly name = 'CreateOrganizations1763733000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "invitations" ("id" uuid NOT NULL, "organization_id" uuid NOT NULL, "email" text NOT NULL, "role" text NOT NULL, "token_hash" text NOT NULL, "invited_by" uuid NOT NULL, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_5dec98cfdfd562e4ad3648bbb07" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "invitations_email" ON "invitations"  ("email")`);
    await runner.query(`CREATE UNIQUE INDEX "invitations_token_hash" ON "invitations"  ("token_hash")`);
    await runner.query(`CREATE INDEX "invitations_invited_by" ON "invitations"  ("invited_by")`);
    await runner.query(`CREATE INDEX "invitations_expires_at" ON "invitations"  ("expires_at")`);
    await runner.query(
      `CREATE INDEX "invitations_organization_id_created_at_id" ON "invitations"  ("organization_id", "created_at", "id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "invitations_organization_id_email" ON "invitations"  ("organization_id", "email")`,
    );
    await runner.query(
      `CREATE TABLE "memberships" ("id" uuid NOT NULL, "organization_id" uuid NOT NULL, "user_id" uuid NOT NULL, "role" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_25d28bd932097a9e90495ede7b4" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "memberships_user_id" ON "memberships"  ("user_id")`);
    await runner.query(
      `CREATE INDEX "memberships_organization_id_created_at_id" ON "memberships"  ("organization_id", "created_at", "id")`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "memberships_organization_id_user_id" ON "memberships"  ("organization_id", "user_id")`,
    );
    await runner.query(
      `CREATE TABLE "organizations" ("id" uuid NOT NULL, "name" text NOT NULL, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_6b031fcd0863e3f6b44230163f9" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "organizations_name_id" ON "organizations"  ("name", "id")`);
    await runner.query(`CREATE INDEX "organizations_created_at_id" ON "organizations"  ("created_at", "id")`);
    await runner.query(
      `ALTER TABLE "invitations" ADD CONSTRAINT "FK_42d1dbb4d85dc3643fdc6560af0" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "invitations" ADD CONSTRAINT "FK_29b1cef6891d9b9d4e35f793b81" FOREIGN KEY ("invited_by") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "memberships" ADD CONSTRAINT "FK_e5380c394ec7912046d07b54290" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "memberships" ADD CONSTRAINT "FK_7c1e2fdfed4f6838e0c05ae5051" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "memberships" DROP CONSTRAINT "FK_7c1e2fdfed4f6838e0c05ae5051"`);
    await runner.query(`ALTER TABLE "memberships" DROP CONSTRAINT "FK_e5380c394ec7912046d07b54290"`);
    await runner.query(`ALTER TABLE "invitations" DROP CONSTRAINT "FK_29b1cef6891d9b9d4e35f793b81"`);
    await runner.query(`ALTER TABLE "invitations" DROP CONSTRAINT "FK_42d1dbb4d85dc3643fdc6560af0"`);
    await runner.query(`DROP INDEX "public"."organizations_created_at_id"`);
    await runner.query(`DROP INDEX "public"."organizations_name_id"`);
    await runner.query(`DROP TABLE "organizations"`);
    await runner.query(`DROP INDEX "public"."memberships_organization_id_user_id"`);
    await runner.query(`DROP INDEX "public"."memberships_organization_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."memberships_user_id"`);
    await runner.query(`DROP TABLE "memberships"`);
    await runner.query(`DROP INDEX "public"."invitations_organization_id_email"`);
    await runner.query(`DROP INDEX "public"."invitations_organization_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."invitations_expires_at"`);
    await runner.query(`DROP INDEX "public"."invitations_invited_by"`);
    await runner.query(`DROP INDEX "public"."invitations_token_hash"`);
    await runner.query(`DROP INDEX "public"."invitations_email"`);
    await runner.query(`DROP TABLE "invitations"`);
  }
}
