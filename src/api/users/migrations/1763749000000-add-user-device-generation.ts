import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddUserDeviceGeneration1763749000000 implements MigrationInterface {
  readonly name = 'AddUserDeviceGeneration1763749000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" ADD "device_generation" integer NOT NULL DEFAULT 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" DROP COLUMN "device_generation"`);
  }
}
