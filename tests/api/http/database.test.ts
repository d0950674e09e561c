import { setImmediate as immediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import type { Response } from 'supertest';
import { defineModule } from '../../../src/module.ts';
import { noContent, ok } from '../../../src/http/reply.ts';
import { route } from '../../../src/http/route.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { holdTimers, type HeldTimers } from '../../helpers/held-timers.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { probeModule } from '../../helpers/probe.ts';
import { openSecondConnection, type SecondConnection } from '../../helpers/second-connection.ts';
import { removeCommitBlock, blockCommits, unblockCommits } from '../../helpers/blocked-commits.ts';
import { buildThing, buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

describe('database failures', () => {
  let test: TestApp;
  let manager: TestUser;
  let other: SecondConnection;

  beforeAll(async () => {
    test = await buildTestApp({ modules: [...modulesWithThings, probeModule] });
    manager = await test.buildUser({ roles: ['manager'] });
    other = await openSecondConnection(test);
  });
  beforeEach(() => {
    test.logger.lines.length = 0;
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const logged = (level: string) => test.logger.lines.filter((line) => line.level === level);

  describe.each(['sql', 'transaction'])('a refused statement (%s)', (where) => {
    it.each(['22P02', '22003', '22001', '22007', '22008', '22021', '22P05', '23514'])(
      '400 for %s, and a line that shows the hole',
      async (code) => {
        const response = await test.http.get(`/probe/${where}/${code}`);
        expectError(response, 400, 'VALIDATION_ERROR');
        expect(response.text).not.toContain('SENTINEL');
        expect(logged('error')).toEqual([]);
        expect(logged('warn')).toEqual([
          {
            level: 'warn',
            message: expect.stringContaining('Validation hole'),
            fields: { error: expect.objectContaining({ code }) },
          },
        ]);
      },
    );

    it.each(['23505', '23503'])('409 for %s', async (code) => {
      const response = await test.http.get(`/probe/${where}/${code}`);
      expectError(response, 409, 'CONFLICT');
      expect(response.text).not.toContain('SENTINEL');
      expect(logged('error')).toEqual([]);
    });

    it.each([
      '40001', '40P01', '55P03', '57014', '53300', '57P01', '57P02', '57P03', '08006', '08P01',
      '25006', '53000', '53100', '53200', '53400', '58000', '58030', 'XX001', 'XX002',
    ])(
      '503 for %s, to be tried again',
      async (code) => {
        const response = await test.http.get(`/probe/${where}/${code}`);
        expect(response.status).toBe(503);
        expect(response.get('Retry-After')).toBe('1');
        expect(response.text).not.toContain('SENTINEL');
        expect(logged('error')).toHaveLength(1);
        await test.http.get('/things').expect(200);
      },
    ); // prettier-ignore

    it.each(['42P01', '42601', '22012', 'P0001', 'XX000'])('500 for %s, which is a bug', async (code) => {
      const response = await test.http.get(`/probe/${where}/${code}`);
      expectError(response, 500, 'INTERNAL');
      expect(response.text).not.toContain('SENTINEL');
      expect(logged('error')).toHaveLength(1);
    });
  });

  it('503 and not ready without a database, with one log line per request', async () => {
    const response = await test.http.get('/probe/sql/53100');
    expectError(response, 503, 'UNAVAILABLE');
    expect(logged('error')).toHaveLength(1);
    const ready = await test.http.get('//health/ready').expect(503);
    expect(ready.body).toEqual({ status: 'unavailable' });
    await test.http.get('//health/live').expect(200);
  });

  describe('closed connections', () => {
    const terminate = (waitMs = 0) =>
      other.query(
        `SELECT pg_terminate_backend(pid, $1) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'strata'`,
        [waitMs],
      );

    it('200 for the next request if they were idle', async () => {
      await Promise.all(Array.from({ length: 3 }, () => test.http.get('/things').expect(200)));
      await terminate(5_000);
      // Accept 503 too: if the app has not yet noticed that the connection was closed, it replies 503, and the client
      // can retry.
      const first = await test.http.get('/things');
      expect([200, 503]).toContain(first.status);
      await test.http.get('/things').expect(200);
    });

    it('503 for interrupted requests, which store nothing; the next request succeeds', async () => {
      const { id } = await buildThing(test, manager, { stock: 10 });
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM things WHERE id = $1 FOR UPDATE', [id]);
      const loan = { items: [{ thingId: id, quantity: 1 }] };
      const key = idempotencyKey();
      const placing = test
        .as(manager)
        .post('/loans')
        .set('Idempotency-Key', key)
        .send(loan)
        .then((response) => response);
      const changing = test
        .as(manager)
        .patch(`/things/${id}`)
        .send({ name: 'New' })
        .then((response) => response);
      await other.untilWaiting(2);
      await terminate();
      for (const response of await Promise.all([placing, changing])) {
        expectError(response, 503, 'UNAVAILABLE');
        expect(response.get('Retry-After')).toBe('1');
      }
      await other.query('ROLLBACK');
      const read = await test.http.get(`/things/${id}`).expect(200);
      expect(read.body.data).toMatchObject({ stock: 10, version: 1, name: 'Oak Lamp' });
      const again = await test.as(manager).post('/loans').set('Idempotency-Key', key).send(loan).expect(201);
      expect(again.get('Idempotency-Replayed')).toBeUndefined();
    });

    it('never 500 under load', async () => {
      const statuses = new Set<number>();
      for (let round = 0; round < 5; round += 1) {
        const requests = Array.from({ length: 20 }, (_request, index) =>
          index % 2 === 0
            ? test.http.get('/things')
            : test
                .as(manager)
                .patch('/users/me')
                .send({ name: `Name ${index}` }),
        );
        const answers = requests.map((request) => request.then(({ status }) => status));
        await terminate();
        for (const status of await Promise.all(answers)) statuses.add(status);
      }
      expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
      await terminate(5_000);
      await test.http.get('/things');
      await test.http.get('/things').expect(200);
    });
  });

  describe('a statement longer than the deadline', () => {
    let hurried: TestApp;

    beforeAll(async () => {
      hurried = await buildThingsApp({
        settings: { REQUEST_DEADLINE_MS: '300' },
        databaseUrl: test.databaseUrl,
      });
    });
    afterAll(() => hurried.close());

    it('503 before it ends, and nothing is stored', async () => {
      const { id } = await buildThing(test, manager);
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM things WHERE id = $1 FOR UPDATE', [id]);
      const response = await hurried.as(manager).patch(`/things/${id}`).send({ name: 'Late' });
      expectError(response, 503, 'DEADLINE_EXCEEDED');
      expect(response.get('Retry-After')).toBe('1');
      await other.query('ROLLBACK');
      await other.untilIdle();
      const read = await test.http.get(`/things/${id}`).expect(200);
      expect(read.body.data).toMatchObject({ name: 'Oak Lamp', version: 1 });
      expect(hurried.logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    });

    it('503 for a row that waits for a unique key, and it is not stored after the other transaction rolls back', async () => {
      const sku = idempotencyKey();
      await other.query('BEGIN');
      await other.query(
        `INSERT INTO things (id, sku, name, price_minor, currency, stock)
         VALUES (gen_random_uuid(), $1, 'Other', 1, 'EUR', 0)`,
        [sku],
      );
      const body = { sku, name: 'Late', priceMinor: 1, currency: 'EUR' };
      const response = await hurried.as(manager).post('/things').send(body);
      expectError(response, 503, 'DEADLINE_EXCEEDED');
      await other.query('ROLLBACK');
      await other.untilIdle();
      expect(await test.db.query('SELECT 1 FROM things WHERE sku = $1', [sku])).toEqual([]);
    });

    it('503 for an idempotent request, which succeeds when retried with the same key', async () => {
      const { id } = await buildThing(test, manager, { stock: 3 });
      const loan = { items: [{ thingId: id, quantity: 1 }] };
      const place = (app: TestApp, key: string) =>
        app.as(manager).post('/loans').set('Idempotency-Key', key).send(loan);
      const key = idempotencyKey();
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM things WHERE id = $1 FOR UPDATE', [id]);
      expectError(await place(hurried, key), 503, 'DEADLINE_EXCEEDED');
      await other.query('ROLLBACK');
      await other.untilIdle();
      const response = await place(test, key).expect(201);
      expect(response.get('Idempotency-Replayed')).toBeUndefined();
      const read = await test.http.get(`/things/${id}`).expect(200);
      expect(read.body.data.stock).toBe(2);
    });
  });

  describe('a COMMIT longer than the deadline', () => {
    const deadlineMs = 54_321;
    let hurried: TestApp;
    let deadlines: HeldTimers;
    let stuck = (): void => undefined;
    const isStuck = new Promise<void>((resolve) => {
      stuck = resolve;
    });

    const noteModule = defineModule({
      name: 'notes',
      path: '/notes',
      create: ({ db }) => ({
        api: {},
        routes: [
          route({
            method: 'post',
            path: '/',
            summary: 'Store without a transaction, then read',
            access: 'public',
            replies: { 200: Joi.object() },
            handle: async () => {
              await db.query(`INSERT INTO things (id, sku, name, price_minor, currency)
                VALUES (gen_random_uuid(), 'bare', 'Bare', 1, 'EUR')`);
              const [row] = await db.query<{ name: string }>(`SELECT name FROM things WHERE sku = 'bare'`);
              return ok({ name: row?.name });
            },
          }),
          route({
            method: 'post',
            path: '/stuck',
            summary: 'Store, and never answer',
            access: 'public',
            replies: { 204: null },
            handle: async ({ request }) => {
              await db.query(`UPDATE things SET name = name WHERE sku = 'none'`);
              stuck();
              while (!request.isExpired) await immediate();
              return noContent();
            },
          }),
        ],
      }),
    });

    beforeAll(async () => {
      hurried = await buildTestApp({
        modules: [...modulesWithThings, noteModule],
        settings: { REQUEST_DEADLINE_MS: String(deadlineMs) },
        databaseUrl: test.databaseUrl,
      });
    });
    beforeEach(() => {
      hurried.logger.lines.length = 0;
      deadlines = holdTimers(deadlineMs);
    });
    afterEach(async () => {
      deadlines.release();
      await removeCommitBlock(test.db, other);
    });
    afterAll(() => hurried.close());

    /** Sends a request whose deadline passes while its COMMIT is blocked. */
    const sendLate = async (request: PromiseLike<Response>): Promise<Response> => {
      const response = Promise.resolve(request);
      await other.untilWaiting(1);
      deadlines.fire();
      await unblockCommits(other);
      return response;
    };
    const named = async (id: string) => (await test.http.get(`/things/${id}`)).body.data.name as string;

    it('200 if it succeeds', async () => {
      const { id } = await buildThing(test, manager);
      await blockCommits(test.db, other, 'things');
      const response = await sendLate(hurried.as(manager).patch(`/things/${id}`).send({ name: 'Late' }));
      expect([response.status, await named(id)]).toEqual([200, 'Late']);
    });

    it('201 with an Idempotency-Key, and the same response for a retry', async () => {
      const { id } = await buildThing(test, manager, { stock: 3 });
      await blockCommits(test.db, other, 'loans');
      const key = idempotencyKey();
      const place = () =>
        hurried
          .as(manager)
          .post('/loans')
          .set('Idempotency-Key', key)
          .send({ items: [{ thingId: id, quantity: 1 }] });
      const response = await sendLate(place());
      expect(response.status).toBe(201);
      const again = await place().expect(201);
      expect([again.get('Idempotency-Replayed'), again.text]).toEqual(['true', response.text]);
    });

    it('200 for an autocommitted statement followed by reads', async () => {
      await blockCommits(test.db, other, 'things');
      const response = await sendLate(hurried.http.post('/notes'));
      expect([response.status, response.body.data]).toEqual([200, { name: 'Bare' }]);
    });

    it('409 for a refused COMMIT, which stores nothing', async () => {
      const { id } = await buildThing(test, manager);
      await blockCommits(test.db, other, 'things', `RAISE EXCEPTION 'taken' USING ERRCODE = '23505';`);
      const response = await sendLate(hurried.as(manager).patch(`/things/${id}`).send({ name: 'Late' }));
      expectError(response, 409, 'CONFLICT');
      expect(await named(id)).toBe('Oak Lamp');
    });

    it('503 for a retryable failure, without a retry', async () => {
      const { id } = await buildThing(test, manager);
      await blockCommits(test.db, other, 'things', `RAISE EXCEPTION 'busy' USING ERRCODE = '40001';`);
      const response = await sendLate(hurried.as(manager).patch(`/things/${id}`).send({ name: 'Late' }));
      expectError(response, 503, 'UNAVAILABLE');
      expect(await named(id)).toBe('Oak Lamp');
    });

    it('503 if its connection is closed, without a retry', async () => {
      const { id, version } = await buildThing(test, manager);
      await blockCommits(test.db, other, 'things');
      const changing = Promise.resolve(hurried.as(manager).patch(`/things/${id}`).send({ name: 'Late' }));
      await other.untilWaiting(1);
      await other.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT'`,
      );
      expectError(await changing, 503, 'UNAVAILABLE');
      await unblockCommits(other);
      await other.untilIdle();
      const read = await test.http.get(`/things/${id}`);
      expect(read.body.data).toMatchObject({ name: 'Oak Lamp', version });
    });

    it('503 for a handler that does not return after it, logged once', async () => {
      const stuck = hurried.http.post('/notes/stuck').then((response) => response);
      await isStuck;
      deadlines.fire();
      expectError(await stuck, 503, 'DEADLINE_EXCEEDED');
      expect(hurried.logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    });
  });
});
