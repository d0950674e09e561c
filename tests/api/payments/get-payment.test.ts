import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { openPaymentBench, type PaymentBench } from './bench.ts';

describe('GET /api/v1/payments/:reference', () => {
  let bench: PaymentBench;
  let manager: TestUser;
  let reference: string;

  beforeAll(async () => {
    bench = await openPaymentBench();
    manager = await bench.test.buildUser({ roles: ['manager'] });
    reference = await bench.authorize();
  });
  afterAll(() => bench.close());

  const get = (user: TestUser, of = reference) => bench.test.as(user).get(`/payments/${of}`);

  it('200 with the status and amounts, for staff', async () => {
    const { body } = await get(manager).expect(200);
    expect(body.data).toEqual({
      reference,
      status: 'authorized',
      amountMinor: 1_250,
      refundedMinor: 0,
      currency: 'EUR',
      updatedAt: expect.stringMatching(/Z$/),
    });
    await get(manager, reference.toUpperCase()).expect(200);
  });

  it('400 for a malformed reference', async () => {
    const response = await get(manager, 'order-1');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual(['params reference string.guid']);
  });

  it('403 for customers', async () => {
    expectError(await get(await bench.test.buildUser()), 403, 'FORBIDDEN');
  });

  it('404 for an unknown payment', async () => {
    expectError(await get(manager, randomUUID()), 404, 'PAYMENTS_NOT_FOUND');
  });
});
