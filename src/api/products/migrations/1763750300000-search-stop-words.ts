import type { MigrationInterface, QueryRunner } from 'typeorm';

const english = `setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', sku), 'A') || setweight(to_tsvector('english', description), 'B')`;
const withStopWords = `${english} || to_tsvector('simple', name) || to_tsvector('simple', sku)`;

/** Returns one statement that replaces the search column, so that the table is rewritten only once. */
async function search(runner: QueryRunner, words: string): Promise<void> {
  await runner.query(`DROP INDEX "public"."products_search"`);
  await runner.query(
    `ALTER TABLE "products" DROP COLUMN "search", ADD "search" tsvector GENERATED ALWAYS AS (${words}) STORED`,
  );
  await runner.query(`CREATE INDEX "products_search" ON "products" USING gin ("search")`);
  await runner.query(
    `UPDATE "typeorm_metadata" SET "value" = $1
     WHERE "type" = 'GENERATED_COLUMN' AND "table" = 'products' AND "name" = 'search' AND "schema" = 'public' AND "database" = $2`,
    [words, await runner.getCurrentDatabase()],
  );
}

/** Normalizes existing names and descriptions to NFC, and makes stop words searchable. */
export class SearchStopWords1763750300000 implements MigrationInterface {
  readonly name = 'SearchStopWords1763750300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "products" SET "name" = normalize("name", NFC), "description" = normalize("description", NFC), "version" = "version" + 1
       WHERE "name" IS NOT NFC NORMALIZED OR "description" IS NOT NFC NORMALIZED`,
    );
    await search(runner, withStopWords);
    // TypeORM ignores an index on an expression, so it never drops this one. The index covers all rows, including deleted
    // ones, because the planner does not use the statistics of a partial index.
    await runner.query(`CREATE INDEX "products_lower_name" ON "products" (lower("name") text_pattern_ops)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."products_lower_name"`);
    await search(runner, english);
  }
}
