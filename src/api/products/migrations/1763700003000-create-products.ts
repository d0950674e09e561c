import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProducts1763700003000 implements MigrationInterface {
  readonly name = 'CreateProducts1763700003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO "typeorm_metadata"("database", "schema", "table", "type", "name", "value") VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        await runner.getCurrentDatabase(),
        'public',
        'products',
        'GENERATED_COLUMN',
        'search',
        "setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', sku), 'A') || setweight(to_tsvector('english', description), 'B')",
      ],
    );
    await runner.query(
      `CREATE TABLE "products" ("id" uuid NOT NULL, "sku" text NOT NULL, "name" text NOT NULL, "description" text NOT NULL, "price_minor" bigint NOT NULL, "currency" text NOT NULL, "stock" integer NOT NULL, "search" tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', sku), 'A') || setweight(to_tsvector('english', description), 'B')) STORED, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "deleted_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "products_stock_not_negative" CHECK ("stock" >= 0), CONSTRAINT "PK_0806c755e0aca124e67c0cf6d7d" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX "products_sku_unique" ON "products"  ("sku") WHERE "deleted_at" IS NULL`,
    );
    await runner.query(`CREATE INDEX "products_search" ON "products" USING gin ("search")`);
    await runner.query(
      `CREATE INDEX "products_in_stock_created_at_id" ON "products"  ("created_at", "id") WHERE "deleted_at" IS NULL AND "stock" > 0`,
    );
    await runner.query(
      `CREATE INDEX "products_price_minor_id" ON "products"  ("price_minor", "id") WHERE "deleted_at" IS NULL`,
    );
    await runner.query(
      `CREATE INDEX "products_name_id" ON "products"  ("name", "id") WHERE "deleted_at" IS NULL`,
    );
    await runner.query(
      `CREATE INDEX "products_created_at_id" ON "products"  ("created_at", "id") WHERE "deleted_at" IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."products_created_at_id"`);
    await runner.query(`DROP INDEX "public"."products_name_id"`);
    await runner.query(`DROP INDEX "public"."products_price_minor_id"`);
    await runner.query(`DROP INDEX "public"."products_in_stock_created_at_id"`);
    await runner.query(`DROP INDEX "public"."products_search"`);
    await runner.query(`DROP INDEX "public"."products_sku_unique"`);
    await runner.query(`DROP TABLE "products"`);
    await runner.query(
      `DELETE FROM "typeorm_metadata" WHERE "type" = $1 AND "name" = $2 AND "database" = $3 AND "schema" = $4 AND "table" = $5`,
      ['GENERATED_COLUMN', 'search', await runner.getCurrentDatabase(), 'public', 'products'],
    );
  }
}
