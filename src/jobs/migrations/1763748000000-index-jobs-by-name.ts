import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexJobsByName1763748000000 implements MigrationInterface {
  readonly name = 'IndexJobsByName1763748000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX "jobs_name_created_at_id" ON "jobs"  ("name", "created_at", "id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."jobs_name_created_at_id"`);
  }
}
