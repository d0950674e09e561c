import type { MigrationInterface, QueryRunner } from 'typeorm';

export class EncryptShippingAddresses1763735000000 implements MigrationInterface {
  readonly name = 'EncryptShippingAddresses1763735000000';

  // Changes the type only. `data:reencrypt` encrypts existing rows, because only the service has the key.
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "orders" ALTER COLUMN "shipping_address" TYPE text USING "shipping_address"::text`,
    );
  }

  // Fails if an address is encrypted already, so that no data is lost.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "orders" ALTER COLUMN "shipping_address" TYPE jsonb USING "shipping_address"::jsonb`,
    );
  }
}
