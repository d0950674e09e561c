import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';

describe('GET /products/reports/prices/:id', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const buildReport = async (): Promise<string> => {
    const response = await test.as(manager).post('/products/reports/prices').expect(202);
    return (response.body.data as { id: string }).id;
  };

  it.each([
    ['waiting', 'waiting'],
    ['running', 'running'],
    ['dead', 'failed'],
  ])('maps the job status %s to %s', async (jobStatus, status) => {
    const id = await buildReport();
    await test.db.query(`UPDATE jobs SET status = $2 WHERE payload->>'reportId' = $1`, [id, jobStatus]);
    const response = await test.as(manager).get(`/products/reports/prices/${id}`).expect(200);
    expect(response.body.data).toMatchObject({ id, status, currencies: null, finishedAt: null });
  });

  it('404 for an unknown report', async () => {
    const response = await test.as(manager).get(`/products/reports/prices/${randomUUID()}`).expect(404);
    expect(response.body.code).toBe('PRICE_REPORTS_NOT_FOUND');
  });

  it('403 without products:write', async () => {
    const id = await buildReport();
    await test
      .as(await test.buildUser())
      .get(`/products/reports/prices/${id}`)
      .expect(403);
  });

  it('is purged after 30 days', async () => {
    const [old, young] = [await buildReport(), await buildReport()];
    for (const [id, days] of [
      [old, 31],
      [young, 29],
    ] as const)
      await test.db.query(
        'UPDATE price_reports SET created_at = now() - make_interval(days => $2) WHERE id = $1',
        [id, days],
      );
    expect(await test.app.modules.instances.get('price-reports')?.purge?.(10)).toBe(1);
    await test.as(manager).get(`/products/reports/prices/${old}`).expect(404);
    await test.as(manager).get(`/products/reports/prices/${young}`).expect(200);
  });
});
