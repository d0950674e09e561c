import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrderSagas1763745000000 implements MigrationInterface {
  readonly name = 'CreateOrderSagas1763745000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "order_sagas" ("order_id" uuid NOT NULL, "step" text NOT NULL, "deadline_at" TIMESTAMP(3) WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_1e08c98a692998ef6c6358c2e3b" PRIMARY KEY ("order_id"))`,
    );
    await runner.query(
      `CREATE INDEX "order_sagas_deadline_at" ON "order_sagas"  ("deadline_at") WHERE deadline_at IS NOT NULL`,
    );
    await runner.query(
      `CREATE TABLE "order_summaries" ("generation" integer NOT NULL, "id" uuid NOT NULL, "customer_id" uuid NOT NULL, "status" text NOT NULL, "payment" text, "currency" text NOT NULL, "total_minor" bigint NOT NULL, "lines" integer NOT NULL, "pieces" integer NOT NULL, "placed_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "version" integer NOT NULL, CONSTRAINT "PK_b2c73f507dfecb07cb9a7138b5a" PRIMARY KEY ("generation", "id"))`,
    );
    await runner.query(
      `CREATE INDEX "order_summaries_payment" ON "order_summaries"  ("generation", "payment", "placed_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "order_summaries_status" ON "order_summaries"  ("generation", "status", "placed_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "order_summaries_customer" ON "order_summaries"  ("generation", "customer_id", "placed_at", "id")`,
    );
    await runner.query(
      `CREATE INDEX "order_summaries_total_minor" ON "order_summaries"  ("generation", "total_minor", "id")`,
    );
    await runner.query(
      `CREATE INDEX "order_summaries_placed_at" ON "order_summaries"  ("generation", "placed_at", "id")`,
    );
    await runner.query(
      `CREATE TABLE "projections" ("name" text NOT NULL, "live_generation" integer NOT NULL DEFAULT '1', "next_generation" integer, CONSTRAINT "PK_5c2ce7d7ec607a32e6943308765" PRIMARY KEY ("name"))`,
    );
    await runner.query(
      `ALTER TABLE "order_sagas" ADD CONSTRAINT "FK_1e08c98a692998ef6c6358c2e3b" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(`INSERT INTO projections (name) VALUES ('order_summaries')`);
    // Summarizes existing orders; later ones arrive through their events.
    await runner.query(
      `INSERT INTO order_summaries (generation, id, customer_id, status, currency, total_minor, lines, pieces, placed_at, updated_at, version)
       SELECT 1, o.id, o.customer_id, o.status, o.currency, o.total_minor, i.lines, i.pieces, o.created_at, o.updated_at, o.version
       FROM orders o CROSS JOIN LATERAL (
         SELECT count(*)::int AS lines, sum(quantity)::int AS pieces FROM order_items WHERE order_id = o.id) AS i`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "order_sagas" DROP CONSTRAINT "FK_1e08c98a692998ef6c6358c2e3b"`);
    await runner.query(`DROP TABLE "projections"`);
    await runner.query(`DROP INDEX "public"."order_summaries_placed_at"`);
    await runner.query(`DROP INDEX "public"."order_summaries_total_minor"`);
    await runner.query(`DROP INDEX "public"."order_summaries_customer"`);
    await runner.query(`DROP INDEX "public"."order_summaries_status"`);
    await runner.query(`DROP INDEX "public"."order_summaries_payment"`);
    await runner.query(`DROP TABLE "order_summaries"`);
    await runner.query(`DROP INDEX "public"."order_sagas_deadline_at"`);
    await runner.query(`DROP TABLE "order_sagas"`);
  }
}
