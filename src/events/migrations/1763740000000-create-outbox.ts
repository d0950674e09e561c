import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutbox1763740000000 implements MigrationInterface {
  readonly name = 'CreateOutbox1763740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "inbox" ("consumer" text NOT NULL, "event_id" uuid NOT NULL, "processed_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_625a303addbbe1f30d3f65ed7fe" PRIMARY KEY ("consumer", "event_id"))`,
    );
    await runner.query(`CREATE INDEX "inbox_processed_at" ON "inbox"  ("processed_at")`);
    await runner.query(
      `CREATE TABLE "outbox" ("id" BIGSERIAL NOT NULL, "event_id" uuid NOT NULL, "aggregate_type" text NOT NULL, "aggregate_id" text NOT NULL, "sequence" integer NOT NULL, "type" text NOT NULL, "schema_version" integer NOT NULL, "payload" jsonb NOT NULL, "headers" jsonb NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "status" text NOT NULL DEFAULT 'pending', "available_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "lease_until" TIMESTAMP(3) WITH TIME ZONE, "lease_token" uuid, "attempts" integer NOT NULL DEFAULT '0', "last_error" text, "settled_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "UQ_cc0c9e40998e45ecfc5e313429d" UNIQUE ("event_id"), CONSTRAINT "outbox_aggregate_sequence" UNIQUE ("aggregate_type", "aggregate_id", "sequence"), CONSTRAINT "PK_340ab539f309f03bdaa14aa7649" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "outbox_settled_at" ON "outbox"  ("settled_at") WHERE status IN ('done', 'skipped')`,
    );
    await runner.query(
      `CREATE INDEX "outbox_dead" ON "outbox"  ("created_at", "event_id") WHERE status = 'dead'`,
    );
    await runner.query(
      `CREATE INDEX "outbox_unsettled" ON "outbox"  ("aggregate_type", "aggregate_id", "sequence") WHERE status IN ('pending', 'leased', 'dead')`,
    );
    await runner.query(
      `CREATE INDEX "outbox_open" ON "outbox"  ("id") WHERE status IN ('pending', 'leased')`,
    );
    await runner.query(
      `CREATE TABLE "outbox_sequences" ("aggregate_type" text NOT NULL, "aggregate_id" text NOT NULL, "last" integer NOT NULL, CONSTRAINT "PK_09223c5adff325370959a1ac338" PRIMARY KEY ("aggregate_type", "aggregate_id"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "outbox_sequences"`);
    await runner.query(`DROP INDEX "public"."outbox_open"`);
    await runner.query(`DROP INDEX "public"."outbox_unsettled"`);
    await runner.query(`DROP INDEX "public"."outbox_dead"`);
    await runner.query(`DROP INDEX "public"."outbox_settled_at"`);
    await runner.query(`DROP TABLE "outbox"`);
    await runner.query(`DROP INDEX "public"."inbox_processed_at"`);
    await runner.query(`DROP TABLE "inbox"`);
  }
}
