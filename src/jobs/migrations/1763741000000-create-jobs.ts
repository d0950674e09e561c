import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateJobs1763741000000 implements MigrationInterface {
  readonly name = 'CreateJobs1763741000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "job_schedules" ("name" text NOT NULL, "cron" text NOT NULL, "next_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, CONSTRAINT "PK_95638964ede449d5f4cc3c7301d" PRIMARY KEY ("name"))`,
    );
    await runner.query(
      `CREATE TABLE "jobs" ("id" uuid NOT NULL, "name" text NOT NULL, "payload" jsonb NOT NULL, "headers" jsonb NOT NULL, "status" text NOT NULL DEFAULT 'waiting', "priority" integer NOT NULL DEFAULT '0', "unique_key" text, "available_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "lease_until" TIMESTAMP(3) WITH TIME ZONE, "lease_token" uuid, "attempts" integer NOT NULL DEFAULT '0', "progress" integer NOT NULL DEFAULT '0', "last_error" text, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "finished_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_cf0a6c42b72fcc7f7c237def345" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "jobs_created_at" ON "jobs"  ("created_at", "id")`);
    await runner.query(
      `CREATE INDEX "jobs_finished_at" ON "jobs"  ("finished_at") WHERE status IN ('done', 'dead')`,
    );
    await runner.query(`CREATE INDEX "jobs_dead" ON "jobs"  ("id") WHERE status = 'dead'`);
    await runner.query(`CREATE INDEX "jobs_running" ON "jobs"  ("lease_until") WHERE status = 'running'`);
    await runner.query(
      `CREATE INDEX "jobs_waiting" ON "jobs"  ("name", "priority", "available_at", "id") WHERE status = 'waiting'`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "jobs_unique_key" ON "jobs"  ("name", "unique_key") WHERE status IN ('waiting', 'running') AND unique_key IS NOT NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."jobs_unique_key"`);
    await runner.query(`DROP INDEX "public"."jobs_waiting"`);
    await runner.query(`DROP INDEX "public"."jobs_running"`);
    await runner.query(`DROP INDEX "public"."jobs_dead"`);
    await runner.query(`DROP INDEX "public"."jobs_finished_at"`);
    await runner.query(`DROP INDEX "public"."jobs_created_at"`);
    await runner.query(`DROP TABLE "jobs"`);
    await runner.query(`DROP TABLE "job_schedules"`);
  }
}
