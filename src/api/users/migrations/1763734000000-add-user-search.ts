import type { MigrationInterface, QueryRunner } from 'typeorm';

const words = `to_tsvector('simple', regexp_replace(lower(name || ' ' || email), '[!-/:-@[-\`{-~]+', ' ', 'g'))`;

export class AddUserSearch1763734000000 implements MigrationInterface {
  readonly name = 'AddUserSearch1763734000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO "typeorm_metadata"("database", "schema", "table", "type", "name", "value") VALUES ($1, $2, $3, $4, $5, $6)`,
      [await runner.getCurrentDatabase(), 'public', 'users', 'GENERATED_COLUMN', 'search', words],
    );
    await runner.query(`ALTER TABLE "users" ADD "search" tsvector GENERATED ALWAYS AS (${words}) STORED`);
    await runner.query(`CREATE INDEX "users_search" ON "users" USING gin ("search")`);
    await runner.query(`CREATE INDEX "users_email_verified" ON "users"  ("email_verified")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."users_email_verified"`);
    await runner.query(`DROP INDEX "public"."users_search"`);
    await runner.query(`ALTER TABLE "users" DROP COLUMN "search"`);
    await runner.query(
      `DELETE FROM "typeorm_metadata" WHERE "type" = $1 AND "name" = $2 AND "database" = $3 AND "schema" = $4 AND "table" = $5`,
      ['GENERATED_COLUMN', 'search', await runner.getCurrentDatabase(), 'public', 'users'],
    );
  }
}
