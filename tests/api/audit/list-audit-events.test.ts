import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { insertBackdated, record, listStoredEvents, modulesWithRecorder } from './recorder.ts';

const subjectId = randomUUID();

describe('GET /audit-events', () => {
  let test: TestApp;
  let admin: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp({ modules: modulesWithRecorder, settings: { TRUST_PROXY: '1' } });
    admin = await test.buildUser({ roles: ['admin'] });
    user = await test.buildUser();
    for (const type of ['one', 'two', 'three', 'four', 'five']) {
      await test
        .as(user)
        .post('/recorder')
        .set('X-Forwarded-For', type === 'two' ? '2001:db8::2' : '192.0.2.1')
        .send({ type: `test.${type}`, ...(type === 'three' && { subjectId }) })
        .expect(204);
    }
  });
  afterAll(() => test.close());

  const list = (query: string) => test.as(admin).get(`/audit-events?${query}`);
  const typesOf = async (query: string): Promise<string> => {
    const { body } = await list(query).expect(200);
    return body.data
      .map(({ type }: { type: string }) => type)
      .filter((type: string) => type.startsWith('test.'))
      .map((type: string) => type.slice(5))
      .join(' ');
  };
  const byUser = () => `actorId=${user.id}&type=`;

  it('200 with all fields of an event', async () => {
    const sent = await test
      .as(user)
      .post('/recorder')
      .set({ 'User-Agent': 'Test Agent', 'X-Request-Id': 'request-1', 'X-Forwarded-For': '192.0.2.9' })
      .send({ type: 'test.whole', subjectId, account: 'a' })
      .expect(204);
    const response = await list('type=test.whole').expect(200);
    expect(sent.get('X-Request-Id')).toBe('request-1');
    expect(response.body.data).toEqual([
      {
        id: expect.any(String),
        occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
        type: 'test.whole',
        actorId: user.id,
        subjectId,
        ip: '192.0.2.9',
        userAgent: 'Test Agent',
        requestId: 'request-1',
        details: { account: 'a' },
      },
    ]);
    expect(response.body.meta.pagination).toEqual({ page: 1, limit: 20, total: 1, totalPages: 1 });
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 with details of every type', async () => {
    const details = { text: '', count: 0, isSo: false, none: null, list: ['', 'b'] };
    await record(test, { type: 'test.facts', subjectId: null, details });
    const { body } = await list('type=test.facts').expect(200);
    expect(body.data[0].details).toEqual(details);
  });

  it('200 sorted newest or oldest first', async () => {
    expect(await typesOf('ip=192.0.2.1')).toBe('five four three one');
    expect(await typesOf('ip=192.0.2.1&sort=occurredAt')).toBe('one three four five');
  });

  it('200 filtered by type, IP address, subject or actor', async () => {
    expect(await typesOf('type=test.two')).toBe('two');
    expect(await typesOf('type=test')).toBe('');
    expect(await typesOf('ip=2001:db8::2')).toBe('two');
    expect(await typesOf('ip=[2001:DB8:0:0::2]:443')).toBe('two');
    expect(await typesOf('ip=::ffff:192.0.2.1')).toBe('five four three one');
    expect(await typesOf(`subjectId=${subjectId.toUpperCase()}&ip=192.0.2.1`)).toBe('three');
    expect(await typesOf(`${byUser()}test.two`)).toBe('two');
    expect(await typesOf(`actorId=${admin.id}&type=test.two`)).toBe('');
  });

  it('200 filtered by time range', async () => {
    const { body } = await list('type=test.three').expect(200);
    const { occurredAt } = body.data[0] as { occurredAt: string };
    expect(await typesOf(`type=test.three&from=${occurredAt}`)).toBe('three');
    expect(await typesOf(`type=test.three&to=${occurredAt}`)).toBe('');
    const next = new Date(Date.parse(occurredAt) + 1).toISOString();
    expect(await typesOf(`type=test.three&from=${next}`)).toBe('');
    expect(await typesOf(`type=test.three&to=${next}`)).toBe('three');
    expect(await typesOf('type=test.three&from=2024-02-29T00:00:00Z&to=9999-12-31T23:59:59.9Z')).toBe(
      'three',
    );
  });

  it.each(['-occurredAt', 'occurredAt'])(
    '200 by cursor, sorted by %s, with each event once',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const response = await list(`ip=192.0.2.1&sort=${sort}&limit=2&cursor=${cursor}`).expect(200);
        const { pagination } = response.body.meta;
        expect(Object.keys(pagination).sort()).toEqual(['hasMore', 'limit', 'nextCursor']);
        seen.push(...response.body.data.map(({ type }: { type: string }) => type.slice(5)));
        cursor = pagination.nextCursor as string | null;
      }
      expect(seen.join(' ')).toBe(await typesOf(`ip=192.0.2.1&sort=${sort}`));
    },
  );

  it('200 by cursor without repeated or skipped events during inserts', async () => {
    // Give all rows the same time, so that only the id decides their order.
    await test.db.query(
      `INSERT INTO audit_events (id, occurred_at, type, details)
       SELECT gen_random_uuid(), date_trunc('day', now()), 'test.same', '{}' FROM generate_series(1, 5)`,
    );
    const expected = (await listStoredEvents(test, 'test.same')).map(({ id }) => id).reverse();
    const first = await list('type=test.same&limit=2&cursor=').expect(200);
    await insertBackdated(test, 0, { type: 'test.same' });
    const { nextCursor } = first.body.meta.pagination as { nextCursor: string };
    const rest = await list(`type=test.same&limit=10&cursor=${nextCursor}`).expect(200);
    const seen = [...first.body.data, ...rest.body.data].map(({ id }: { id: string }) => id);
    expect(seen).toEqual(expected);
  });

  it.each([
    ['sort=type', 'query sort string.pattern.base'],
    ['actorId=me', 'query actorId string.guid'],
    ['subjectId=1', 'query subjectId string.guid'],
    ['type=', 'query type string.empty'],
    [`ip=${'1'.repeat(65)}`, 'query ip string.max'],
    ['from=yesterday', 'query from string.pattern.base'],
    ['from=2026-01-01', 'query from string.pattern.base'],
    ['to=2026-01-01T00:00:00', 'query to string.pattern.base'],
    ['to=0000-01-01T00:00:00Z', 'query to string.pattern.base'],
    ['from=2026-02-30T00:00:00Z', 'query from string.pattern.base'],
    ['to=2025-02-29T00:00:00Z', 'query to string.pattern.base'],
    ['from=2026-01-01T00:00:00Z&from=2026-01-01T00:00:00Z', 'query from any.repeated'],
    ['page=1&cursor=', 'query cursor object.oxor'],
    ['cursor=damaged', 'query cursor cursor.invalid'],
    ['userAgent=x', 'query userAgent object.unknown'],
  ])('400 for %s', async (query, issue) => {
    const response = await list(query);
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([issue]);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.get('/audit-events'), 401, 'UNAUTHENTICATED');
  });

  it.each(['user', 'manager'] as const)('403 for a %s', async (role) => {
    const response = await test.as(await test.buildUser({ roles: [role] })).get('/audit-events');
    expectError(response, 403, 'FORBIDDEN');
  });
});
