import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidIds } from '../../../src/adapters/uuid-ids.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';

describe('jobs', () => {
  let test: TestApp;
  let root: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    [root, user] = [await test.buildUser({ roles: ['admin'] }), await test.buildUser()];
  });
  beforeEach(() => test.db.query('DELETE FROM jobs'));
  afterAll(() => test.close());

  const add = async (name: string, status: string): Promise<string> => {
    const id = uuidIds.next();
    await test.db.query(
      `INSERT INTO jobs (id, name, payload, headers, status, attempts, progress, last_error, finished_at)
       VALUES ($1, $2, '{"secret": 1}', '{}', $3, 12, 40, 'Error: no', CASE WHEN $3 = 'dead' THEN now() END)`,
      [id, name, status],
    );
    return id;
  };

  const audited = async (id: string) =>
    test.db.query('SELECT type, actor_id AS "actorId" FROM audit_events WHERE details->>\'jobId\' = $1', [
      id,
    ]);

  describe('GET /admin/jobs', () => {
    it('200 newest first, filtered by status and name', async () => {
      const dead = await add('tests.one', 'dead');
      const done = await add('tests.one', 'done');
      const other = await add('tests.two', 'dead');
      const list = async (query: string) => {
        const { body } = await test.as(root).get(`/admin/jobs${query}`).expect(200);
        return body.data.map(({ id }: { id: string }) => id);
      };
      expect(new Set(await list(''))).toEqual(new Set([dead, done, other]));
      expect(new Set(await list('?status=dead'))).toEqual(new Set([dead, other]));
      expect(await list('?status=dead&name=tests.one')).toEqual([dead]);
    });

    it('400 for an unknown status, 401 without an access token, 403 without the permission', async () => {
      expectError(await test.as(root).get('/admin/jobs?status=lost'), 400, 'VALIDATION_ERROR');
      expectError(await test.http.get('/admin/jobs'), 401, 'UNAUTHENTICATED');
      expectError(await test.as(user).get('/admin/jobs'), 403, 'FORBIDDEN');
    });
  });

  describe('GET /admin/jobs/:id', () => {
    it('200 with its state, without the payload', async () => {
      const id = await add('tests.one', 'dead');
      const { body } = await test.as(root).get(`/admin/jobs/${id}`).expect(200);
      expect(body.data).toEqual({
        id,
        name: 'tests.one',
        status: 'dead',
        progress: 40,
        attempts: 12,
        lastError: 'Error: no',
        createdAt: expect.any(String),
        finishedAt: expect.any(String),
      });
    });

    it('404 for an unknown job, 401 without an access token, 403 without the permission', async () => {
      expectError(await test.as(root).get(`/admin/jobs/${uuidIds.next()}`), 404, 'OPERATIONS_JOB_NOT_FOUND');
      expectError(await test.http.get(`/admin/jobs/${uuidIds.next()}`), 401, 'UNAUTHENTICATED');
      expectError(await test.as(user).get(`/admin/jobs/${uuidIds.next()}`), 403, 'FORBIDDEN');
    });
  });

  describe('POST /admin/jobs/:id/retry', () => {
    const retry = (id: string, who = root) => test.as(who).post(`/admin/jobs/${id}/retry`);

    it('204, resets the job and is audited', async () => {
      const id = await add('tests.one', 'dead');
      await retry(id).expect(204);
      const [job] = await test.db.query('SELECT status, attempts, progress FROM jobs WHERE id = $1', [id]);
      expect(job).toEqual({ status: 'waiting', attempts: 0, progress: 0 });
      expect(await audited(id)).toEqual([{ type: 'operations.job_retried', actorId: root.id }]);
    });

    it('409 for a job that is not dead, without an audit event', async () => {
      const id = await add('tests.one', 'done');
      expectError(await retry(id), 409, 'OPERATIONS_JOB_NOT_DEAD');
      expect(await audited(id)).toEqual([]);
    });

    it('404 for an unknown job, 401 without an access token, 403 without the permission', async () => {
      const id = await add('tests.one', 'dead');
      expectError(await retry(uuidIds.next()), 404, 'OPERATIONS_JOB_NOT_FOUND');
      expectError(await test.http.post(`/admin/jobs/${id}/retry`), 401, 'UNAUTHENTICATED');
      expectError(await retry(id, user), 403, 'FORBIDDEN');
    });
  });
});
