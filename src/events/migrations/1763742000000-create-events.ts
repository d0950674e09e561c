import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refuses every change or deletion of a stored event. */
const refuseRewriting = `
CREATE FUNCTION events_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'events is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$`;

export class CreateEvents1763742000000 implements MigrationInterface {
  readonly name = 'CreateEvents1763742000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "events" ("global_id" BIGSERIAL NOT NULL, "transaction_id" bigint NOT NULL, "aggregate_type" text NOT NULL, "aggregate_id" text NOT NULL, "version" integer NOT NULL, "type" text NOT NULL, "schema_version" integer NOT NULL, "data" jsonb NOT NULL, "metadata" jsonb NOT NULL, "occurred_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "events_aggregate_version" UNIQUE ("aggregate_type", "aggregate_id", "version"), CONSTRAINT "PK_e58c0c1f56b6e37dff8a2844174" PRIMARY KEY ("global_id"))`,
    );
    await runner.query(`CREATE INDEX "events_position" ON "events"  ("transaction_id", "global_id")`);
    await runner.query(
      `CREATE TABLE "snapshots" ("aggregate_type" text NOT NULL, "aggregate_id" text NOT NULL, "version" integer NOT NULL, "schema_version" integer NOT NULL, "state" jsonb NOT NULL, CONSTRAINT "PK_2dc85d6a0153893111f35432427" PRIMARY KEY ("aggregate_type", "aggregate_id"))`,
    );
    await runner.query(refuseRewriting);
    await runner.query(
      `CREATE TRIGGER "events_rows" BEFORE UPDATE OR DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION events_refuse_rewriting()`,
    );
    await runner.query(
      `CREATE TRIGGER "events_whole" BEFORE TRUNCATE ON "events" FOR EACH STATEMENT EXECUTE FUNCTION events_refuse_rewriting()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "snapshots"`);
    await runner.query(`DROP INDEX "public"."events_position"`);
    await runner.query(`DROP TABLE "events"`);
    await runner.query(`DROP FUNCTION events_refuse_rewriting()`);
  }
}
