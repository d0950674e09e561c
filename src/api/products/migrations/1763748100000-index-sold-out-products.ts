import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexSoldOutProducts1763748100000 implements MigrationInterface {
  readonly name = 'IndexSoldOutProducts1763748100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX "products_sold_out_created_at_id" ON "products"  ("created_at", "id") WHERE "deleted_at" IS NULL AND "stock" = 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."products_sold_out_created_at_id"`);
  }
}
