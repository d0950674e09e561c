import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAttempts1763710000000 implements MigrationInterface {
  readonly name = 'CreateAttempts1763710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "attempts" ("subject" text NOT NULL, "kind" text NOT NULL, "failures" integer NOT NULL, "locks" integer NOT NULL DEFAULT '0', "window_started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "locked_until" TIMESTAMP(3) WITH TIME ZONE, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_f5a5ca7fe46142faf18bc9295e6" PRIMARY KEY ("subject", "kind"))`,
    );
    await runner.query(`CREATE INDEX "attempts_updated_at" ON "attempts"  ("updated_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."attempts_updated_at"`);
    await runner.query(`DROP TABLE "attempts"`);
  }
}
