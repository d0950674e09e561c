import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../src/cli.ts';
import { testEnvironment } from '../../helpers/config.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { withTestApp } from '../../helpers/with-app.ts';

const [oldKey, newKey] = ['the key of last year', 'the key of this year'];

describe('data:reencrypt', () => {
  const shippingAddress = {
    name: 'Augusta King',
    line1: '12 Analytical Row',
    city: 'Londinium',
    postalCode: 'LX1 8AA',
    country: 'GB',
  };
  const settings = (current: string, previous?: string) => ({
    DATA_ENCRYPTION_KEY: `${current} `.repeat(4),
    ...(previous && { DATA_ENCRYPTION_PREVIOUS_KEY: `${previous} `.repeat(4) }),
  });

  it('encrypts shipping addresses with the new key, and fails with advice if the old key is missing', async () => {
    await withTestApp({ settings: settings(oldKey) }, async (old) => {
      const customer = await old.buildUser();
      const manager = await old.buildUser({ roles: ['manager'] });
      const { id: productId } = await buildProduct(old, manager);
      const placed = await old
        .as(customer)
        .post('/orders')
        .set('Idempotency-Key', idempotencyKey())
        .send({ items: [{ productId, quantity: 1 }], shippingAddress })
        .expect(201);
      const path = `/orders/${placed.body.data.id}`;
      const { databaseUrl } = old;
      const run = (keys: Record<string, string>) =>
        runCommand('data:reencrypt', [], { ...testEnvironment, ...keys, DATABASE_URL: databaseUrl });
      const stored = async () => {
        const [row] = await old.db.query<{ address: string; version: number }>(
          'SELECT shipping_address AS address, version FROM orders',
        );
        return row;
      };

      const before = await stored();
      await expect(run(settings(newKey))).rejects.toThrow(
        'set DATA_ENCRYPTION_PREVIOUS_KEY to the previous key',
      );
      expect(await stored()).toEqual(before);
      const said = await run(settings(newKey, oldKey));
      expect(said).toMatch(/^Re-encrypted: .*orders\.shipping_address 1 of 1/);
      expect(await run(settings(newKey))).toMatch(/orders\.shipping_address 0 of 1/);

      const after = await stored();
      expect(after?.version).toBe(before?.version);
      expect(after?.address).not.toBe(before?.address);
      await withTestApp({ databaseUrl, settings: settings(newKey) }, async (next) => {
        const read = await next.as(customer).get(path).expect(200);
        expect(read.body.data).toEqual(placed.body.data);
      });
      await old.as(customer).get(path).expect(500);
    });
  });
});
