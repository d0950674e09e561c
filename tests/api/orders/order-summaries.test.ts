import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { until } from '../../helpers/until.ts';
import { openPayingBench, type PayingBench } from './paying.ts';

interface Summary {
  readonly id: string;
  readonly status: string;
  readonly payment?: string;
}

describe('GET /orders/summaries', () => {
  let bench: PayingBench;
  let staff: TestUser;
  let paid: string;
  let declined: string;

  beforeAll(async () => {
    bench = await openPayingBench();
    staff = await bench.test.buildUser({ roles: ['manager'] });
    paid = (await bench.order({ priceMinor: 500 })).id;
    await bench.untilStep(paid, 'paid');
    await bench.setSwitches({ decline: true });
    declined = (await bench.order({ priceMinor: 900 })).id;
    await bench.untilStep(declined, 'declined');
    await bench.setSwitches({ decline: false });
    await untilCopied();
  });
  afterAll(() => bench.close());

  const list = async (query = '', who = bench.user): Promise<Summary[]> => {
    const { body } = await bench.test.as(who).get(`/orders/summaries${query}`).expect(200);
    return body.data;
  };

  /** Waits until every event has been processed. */
  const untilCopied = () =>
    until('no event is on its way', async () => {
      const rows = await bench.test.db.query(`SELECT 1 FROM outbox WHERE status IN ('pending', 'leased')`);
      return rows.length === 0;
    });

  const rebuild = () => bench.test.app.modules.commands.get('projections:rebuild')?.run({});

  it('200 with the caller’s order summaries, newest first', async () => {
    expect(await list()).toEqual([
      expect.objectContaining({ id: declined, status: 'cancelled', payment: 'declined', totalMinor: 900 }),
      {
        id: paid,
        customerId: bench.user.id,
        status: 'paid',
        payment: 'paid',
        currency: 'EUR',
        totalMinor: 500,
        lines: 1,
        pieces: 1,
        placedAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ]);
    const stranger = await bench.test.buildUser();
    expect(await list('', stranger)).toEqual([]);
    expect(await list(`?customerId=${bench.user.id}`, stranger)).toEqual([]);
  });

  it('200 with the orders of every customer for staff, filtered, sorted and paged', async () => {
    const idsOf = async (query: string) => (await list(query, staff)).map(({ id }) => id);
    expect(await idsOf('')).toEqual([declined, paid]);
    expect(await idsOf('?status=paid')).toEqual([paid]);
    expect(await idsOf('?payment=declined')).toEqual([declined]);
    expect(await idsOf(`?customerId=${staff.id}`)).toEqual([]);
    expect(await idsOf('?sort=totalMinor')).toEqual([paid, declined]);
    const { body } = await bench.test.as(staff).get('/orders/summaries?limit=1&cursor=').expect(200);
    const cursor = encodeURIComponent(body.meta.pagination.nextCursor);
    expect(await idsOf(`?limit=1&cursor=${cursor}`)).toEqual([paid]);
  });

  it('400 for an unknown payment step, and 401 without an access token', async () => {
    expectError(await bench.test.as(staff).get('/orders/summaries?payment=cash'), 400, 'VALIDATION_ERROR');
    expectError(await bench.test.http.get('/orders/summaries'), 401, 'UNAUTHENTICATED');
  });

  it('repairs wrong rows in a rebuild', async () => {
    const before = await list();
    await bench.test.db.query(`UPDATE order_summaries SET status = 'shipped', total_minor = 1`);
    await rebuild();
    expect(await list()).toEqual(before);
    const rows = await bench.test.db.query('SELECT DISTINCT generation FROM order_summaries');
    expect(rows).toHaveLength(1);
  });

  it('serves reads during a rebuild, and includes concurrent changes', async () => {
    const before = await list('', staff);
    const state = { isDone: false };
    const rebuilding = (async () => {
      for (let round = 0; round < 5; round += 1) await rebuild();
      state.isDone = true;
    })();
    const placed: string[] = [];
    while (!state.isDone) {
      placed.push((await bench.order({ stock: 1 })).id);
      const seen = (await list('?limit=100', staff)).map(({ id }) => id);
      for (const { id } of before) expect(seen).toContain(id);
    }
    await rebuilding;
    for (const id of placed) await bench.untilStep(id, 'paid');
    await untilCopied();
    const found = await list('?limit=100', staff);
    for (const id of placed)
      expect(found).toContainEqual(expect.objectContaining({ id, status: 'paid', payment: 'paid' }));
  });

  it('fails a rebuild if another one has started', async () => {
    const { db } = bench.test;
    await db.query(
      'CREATE FUNCTION overtake() RETURNS trigger AS $$ BEGIN UPDATE projections SET next_generation = 1000; RETURN NULL; END $$ LANGUAGE plpgsql',
    );
    await db.query(
      'CREATE TRIGGER overtake AFTER INSERT ON order_summaries FOR EACH STATEMENT EXECUTE FUNCTION overtake()',
    );
    await expect(rebuild()).rejects.toThrow('Another rebuild');
    await db.query('DROP TRIGGER overtake ON order_summaries');
    await rebuild();
    expect(await list(`?customerId=${bench.user.id}&limit=100`)).not.toEqual([]);
  });
});
