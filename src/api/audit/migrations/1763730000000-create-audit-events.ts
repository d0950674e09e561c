import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Refuses changes, except deleting IP address and user agent, and rows older than 90 days. */
const refuseRewriting = `
CREATE FUNCTION audit_events_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  expected record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    expected := OLD;
    expected.ip := NULL;
    expected.user_agent := NULL;
    IF NEW IS NOT DISTINCT FROM expected THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF OLD.occurred_at < now() - interval '90 days' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit_events is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$`;

export class CreateAuditEvents1763730000000 implements MigrationInterface {
  readonly name = 'CreateAuditEvents1763730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "audit_events" ("id" uuid NOT NULL, "occurred_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "type" text NOT NULL, "actor_id" uuid, "subject_id" uuid, "ip" text, "user_agent" text, "request_id" text, "details" jsonb NOT NULL, CONSTRAINT "PK_910f64d901a5c3e9878f0d4a407" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "audit_events_ip_type_occurred_at" ON "audit_events"  ("ip", "type", "occurred_at")`,
    );
    await runner.query(
      `CREATE INDEX "audit_events_actor_id_occurred_at_id" ON "audit_events"  ("actor_id", "occurred_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "audit_events_subject_id_occurred_at_id" ON "audit_events"  ("subject_id", "occurred_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "audit_events_type_occurred_at_id" ON "audit_events"  ("type", "occurred_at", "id")`,
    );
    await runner.query(`CREATE INDEX "audit_events_occurred_at_id" ON "audit_events"  ("occurred_at", "id")`);
    await runner.query(refuseRewriting);
    await runner.query(
      `CREATE TRIGGER "audit_events_rows" BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION audit_events_refuse_rewriting()`,
    );
    await runner.query(
      `CREATE TRIGGER "audit_events_whole" BEFORE TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION audit_events_refuse_rewriting()`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."audit_events_occurred_at_id"`);
    await runner.query(`DROP INDEX "public"."audit_events_type_occurred_at_id"`);
    await runner.query(`DROP INDEX "public"."audit_events_subject_id_occurred_at_id"`);
    await runner.query(`DROP INDEX "public"."audit_events_actor_id_occurred_at_id"`);
    await runner.query(`DROP INDEX "public"."audit_events_ip_type_occurred_at"`);
    await runner.query(`DROP TABLE "audit_events"`);
    await runner.query(`DROP FUNCTION audit_events_refuse_rewriting()`);
  }
}
