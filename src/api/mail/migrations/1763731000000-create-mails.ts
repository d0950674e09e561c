import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMails1763731000000 implements MigrationInterface {
  readonly name = 'CreateMails1763731000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "mails" ("id" uuid NOT NULL, "content" text NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "available_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "lease_until" TIMESTAMP(3) WITH TIME ZONE, "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "PK_218248d7dfe1b739f06e2309349" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "mails_created_at" ON "mails"  ("created_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."mails_created_at"`);
    await runner.query(`DROP TABLE "mails"`);
  }
}
