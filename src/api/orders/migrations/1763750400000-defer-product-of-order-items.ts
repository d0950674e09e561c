import type { MigrationInterface, QueryRunner } from 'typeorm';

const constraint = `ALTER TABLE "order_items" ALTER CONSTRAINT "FK_9263386c35b6b242540f9493b00"`;

export class DeferProductOfOrderItems1763750400000 implements MigrationInterface {
  readonly name = 'DeferProductOfOrderItems1763750400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${constraint} DEFERRABLE INITIALLY DEFERRED`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${constraint} NOT DEFERRABLE`);
  }
}
