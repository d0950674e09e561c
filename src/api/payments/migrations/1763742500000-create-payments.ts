import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePayments1763742500000 implements MigrationInterface {
  readonly name = 'CreatePayments1763742500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "payments" ("reference" text NOT NULL, "status" text NOT NULL, "amount_minor" bigint NOT NULL, "refunded_minor" bigint NOT NULL, "currency" text NOT NULL, "is_open" boolean NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_866ddee0e17d9385b4e3b86851d" PRIMARY KEY ("reference"))`,
    );
    await runner.query(`CREATE INDEX "payments_open" ON "payments"  ("reference") WHERE "is_open"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."payments_open"`);
    await runner.query(`DROP TABLE "payments"`);
  }
}
