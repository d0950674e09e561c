import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddUserLanguage1763720001000 implements MigrationInterface {
  readonly name = 'AddUserLanguage1763720001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" ADD "language" text NOT NULL DEFAULT 'en'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" DROP COLUMN "language"`);
  }
}
