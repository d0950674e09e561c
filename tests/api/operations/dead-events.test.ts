import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';

const nowhere = '0190b8d2-0000-7000-8000-000000000000';

describe('dead events', () => {
  let test: TestApp;
  let root: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    [root, user] = [await test.buildUser({ roles: ['admin'] }), await test.buildUser()];
  });
  beforeEach(() => test.db.query('DELETE FROM outbox'));
  afterAll(() => test.close());

  /** Stores a dead event and a second event of the same aggregate, which has to wait for the first one. */
  const deadLetter = async (aggregateId: string): Promise<string> => {
    const [row] = await test.db.query<{ id: string }>(
      `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers, status,
         attempts, last_error)
       VALUES (gen_random_uuid(), 'order', $1, 1, 'orders.placed', 1, '{}', '{}', 'dead', 12, 'Error: no'),
         (gen_random_uuid(), 'order', $1, 2, 'orders.paid', 1, '{}', '{}', 'pending', 0, NULL)
       RETURNING event_id AS id`,
      [aggregateId],
    );
    return row?.id ?? '';
  };

  const statuses = async (aggregateId: string): Promise<string[]> => {
    const rows = await test.db.query<{ status: string }>(
      'SELECT status FROM outbox WHERE aggregate_id = $1 ORDER BY sequence',
      [aggregateId],
    );
    return rows.map(({ status }) => status);
  };

  const audited = async (eventId: string): Promise<string[]> => {
    const rows = await test.db.query<{ type: string }>(
      `SELECT type FROM audit_events WHERE actor_id = $1 AND details->>'eventId' = $2`,
      [root.id, eventId],
    );
    return rows.map(({ type }) => type);
  };

  describe('GET /admin/events/dead', () => {
    it('200 with dead events and errors, paged, without payloads', async () => {
      const ids = [await deadLetter('a'), await deadLetter('b'), await deadLetter('c')];
      const first = await test.as(root).get('/admin/events/dead?limit=2&cursor=').expect(200);
      const cursor = encodeURIComponent(first.body.meta.pagination.nextCursor);
      const second = await test.as(root).get(`/admin/events/dead?limit=2&cursor=${cursor}`).expect(200);
      const found = [...first.body.data, ...second.body.data];
      expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(found[0]).toEqual({
        id: expect.any(String),
        type: 'orders.placed',
        aggregateType: 'order',
        aggregateId: expect.any(String),
        sequence: 1,
        attempts: 12,
        lastError: 'Error: no',
        createdAt: expect.any(String),
      });
    });

    it('401 without an access token, 403 without the permission', async () => {
      expectError(await test.http.get('/admin/events/dead'), 401, 'UNAUTHENTICATED');
      expectError(await test.as(user).get('/admin/events/dead'), 403, 'FORBIDDEN');
    });
  });

  describe.each([
    { act: 'redrive', becomes: 'pending', event: 'operations.event_redriven' },
    { act: 'skip', becomes: 'skipped', event: 'operations.event_skipped' },
  ])('POST /admin/events/:id/$act', ({ act, becomes, event }) => {
    const send = (id: string, who = root) => test.as(who).post(`/admin/events/${id}/${act}`);

    it(`204, makes it ${becomes}, leaves later events and is audited`, async () => {
      const id = await deadLetter(act);
      await send(id).expect(204);
      expect(await statuses(act)).toEqual([becomes, 'pending']);
      expect(await audited(id)).toEqual([event]);
    });

    it('204 for one of two concurrent requests, 404 for the other', async () => {
      const id = await deadLetter(act);
      const responses = await Promise.all([send(id), send(id)]);
      expect(responses.map(({ status }) => status).sort()).toEqual([204, 404]);
      expect(await audited(id)).toEqual([event]);
    });

    it('404 for an unknown event or one that is not dead, without an audit event', async () => {
      expectError(await send(nowhere), 404, 'OPERATIONS_EVENT_NOT_FOUND');
      const id = await deadLetter(act);
      await test.db.query(`UPDATE outbox SET status = 'leased' WHERE event_id = $1`, [id]);
      expectError(await send(id), 404, 'OPERATIONS_EVENT_NOT_FOUND');
      expect(await statuses(act)).toEqual(['leased', 'pending']);
      expect(await audited(id)).toEqual([]);
    });

    it('400 for an invalid id, 401 without an access token, 403 without the permission', async () => {
      const id = await deadLetter(act);
      expectError(await send('12'), 400, 'VALIDATION_ERROR');
      expectError(await test.http.post(`/admin/events/${id}/${act}`), 401, 'UNAUTHENTICATED');
      expectError(await send(id, user), 403, 'FORBIDDEN');
      expect(await statuses(act)).toEqual(['dead', 'pending']);
    });
  });
});
