import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddSessionMfa1763720002000 implements MigrationInterface {
  readonly name = 'AddSessionMfa1763720002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "sessions" ADD "has_mfa" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "sessions" DROP COLUMN "has_mfa"`);
  }
}
