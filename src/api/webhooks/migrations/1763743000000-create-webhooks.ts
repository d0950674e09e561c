import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1763743000000 implements MigrationInterface {
  readonly name = 'CreateWebhooks1763743000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "webhook_deliveries" ("id" uuid NOT NULL, "endpoint_id" uuid NOT NULL, "event_id" uuid NOT NULL, "type" text NOT NULL, "body" text NOT NULL, "status" text NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "response_status" integer, "last_error" text, "last_attempt_at" TIMESTAMP(3) WITH TIME ZONE, "next_attempt_at" TIMESTAMP(3) WITH TIME ZONE, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_535dd409947fb6d8fc6dfc0112a" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "webhook_deliveries_created_at" ON "webhook_deliveries"  ("created_at")`,
    );
    await runner.query(
      `CREATE INDEX "webhook_deliveries_endpoint_id_status_created_at_id" ON "webhook_deliveries"  ("endpoint_id", "status", "created_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id" ON "webhook_deliveries"  ("endpoint_id", "created_at", "id")`,
    );
    await runner.query(
      `CREATE TABLE "webhook_endpoints" ("id" uuid NOT NULL, "user_id" uuid NOT NULL, "url" text NOT NULL, "description" text NOT NULL, "events" text array NOT NULL, "is_enabled" boolean NOT NULL, "disabled_reason" text, "failing_since" TIMESTAMP(3) WITH TIME ZONE, "secret" text NOT NULL, "previous_secret" text, "previous_expires_at" TIMESTAMP(3) WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_054c4cfb95223732f5939d2d546" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "webhook_endpoints_user_id_created_at_id" ON "webhook_endpoints"  ("user_id", "created_at", "id")`,
    );
    await runner.query(
      `ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "FK_0b882c26a9b91c26e6e86b4867c" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "FK_1f1a98a1a1faabacca9aff7ab6e" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "webhook_endpoints" DROP CONSTRAINT "FK_1f1a98a1a1faabacca9aff7ab6e"`);
    await runner.query(`ALTER TABLE "webhook_deliveries" DROP CONSTRAINT "FK_0b882c26a9b91c26e6e86b4867c"`);
    await runner.query(`DROP INDEX "public"."webhook_endpoints_user_id_created_at_id"`);
    await runner.query(`DROP TABLE "webhook_endpoints"`);
    await runner.query(`DROP INDEX "public"."webhook_deliveries_endpoint_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."webhook_deliveries_endpoint_id_status_created_at_id"`);
    await runner.query(`DROP INDEX "public"."webhook_deliveries_created_at"`);
    await runner.query(`DROP TABLE "webhook_deliveries"`);
  }
}
