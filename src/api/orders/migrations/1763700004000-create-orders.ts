import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrders1763700004000 implements MigrationInterface {
  readonly name = 'CreateOrders1763700004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "orders" ("id" uuid NOT NULL, "customer_id" uuid NOT NULL, "status" text NOT NULL, "currency" text NOT NULL, "total_minor" bigint NOT NULL, "shipping_address" jsonb, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_710e2d4957aa5878dfe94e4ac2f" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE INDEX "orders_status_created_at_id" ON "orders"  ("status", "created_at", "id")`,
    );
    await runner.query(`CREATE INDEX "orders_total_minor_id" ON "orders"  ("total_minor", "id")`);
    await runner.query(`CREATE INDEX "orders_created_at_id" ON "orders"  ("created_at", "id")`);
    await runner.query(
      `CREATE INDEX "orders_customer_id_total_minor_id" ON "orders"  ("customer_id", "total_minor", "id")`,
    );
    await runner.query(
      `CREATE INDEX "orders_customer_id_created_at_id" ON "orders"  ("customer_id", "created_at", "id")`,
    );
    await runner.query(
      `CREATE TABLE "order_items" ("order_id" uuid NOT NULL, "position" integer NOT NULL, "product_id" uuid NOT NULL, "sku" text NOT NULL, "name" text NOT NULL, "quantity" integer NOT NULL, "unit_price_minor" bigint NOT NULL, CONSTRAINT "PK_97a28aea50c08a60afa644ddf11" PRIMARY KEY ("order_id", "position"))`,
    );
    await runner.query(`CREATE INDEX "order_items_product_id" ON "order_items"  ("product_id")`);
    await runner.query(
      `ALTER TABLE "orders" ADD CONSTRAINT "FK_772d0ce0473ac2ccfa26060dbe9" FOREIGN KEY ("customer_id") REFERENCES "users"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "order_items" ADD CONSTRAINT "FK_145532db85752b29c57d2b7b1f1" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "order_items" ADD CONSTRAINT "FK_9263386c35b6b242540f9493b00" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "order_items" DROP CONSTRAINT "FK_9263386c35b6b242540f9493b00"`);
    await runner.query(`ALTER TABLE "order_items" DROP CONSTRAINT "FK_145532db85752b29c57d2b7b1f1"`);
    await runner.query(`ALTER TABLE "orders" DROP CONSTRAINT "FK_772d0ce0473ac2ccfa26060dbe9"`);
    await runner.query(`DROP INDEX "public"."order_items_product_id"`);
    await runner.query(`DROP TABLE "order_items"`);
    await runner.query(`DROP INDEX "public"."orders_customer_id_created_at_id"`);
    await runner.query(`DROP INDEX "public"."orders_customer_id_total_minor_id"`);
    await runner.query(`DROP INDEX "public"."orders_created_at_id"`);
    await runner.query(`DROP INDEX "public"."orders_total_minor_id"`);
    await runner.query(`DROP INDEX "public"."orders_status_created_at_id"`);
    await runner.query(`DROP TABLE "orders"`);
  }
}
