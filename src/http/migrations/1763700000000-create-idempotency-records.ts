import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyRecords1763700000000 implements MigrationInterface {
  readonly name = 'CreateIdempotencyRecords1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "idempotency_records" ("user_id" uuid NOT NULL, "operation" text NOT NULL, "key" text NOT NULL, "fingerprint" text NOT NULL, "status" integer NOT NULL, "headers" jsonb NOT NULL, "body" text NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_64f5dd5c7c4fc4e3e0d8095cd4c" PRIMARY KEY ("user_id", "operation", "key"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_9fffc35246eae9c6bd1de1a699" ON "idempotency_records"  ("created_at")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."IDX_9fffc35246eae9c6bd1de1a699"`);
    await runner.query(`DROP TABLE "idempotency_records"`);
  }
}
