import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePriceReports1763746500000 implements MigrationInterface {
  readonly name = 'CreatePriceReports1763746500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "price_reports" ("id" uuid NOT NULL, "job_id" uuid NOT NULL, "currencies" jsonb, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "finished_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "PK_c714f9d37d8eb79b6c11936477e" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "price_reports_created_at" ON "price_reports"  ("created_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."price_reports_created_at"`);
    await runner.query(`DROP TABLE "price_reports"`);
  }
}
