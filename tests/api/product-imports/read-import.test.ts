import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { exportUserData } from '../../helpers/exported.ts';
import { buildImport, runImportJob, csvLines, readImport } from '../../helpers/imports.ts';

describe('GET /product-imports/:id', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const setJob = (jobId: string, status: string) =>
    test.db.query('UPDATE jobs SET status = $2 WHERE id = $1', [jobId, status]);

  it.each([
    ['waiting', 'waiting'],
    ['running', 'running'],
    ['dead', 'failed'],
  ])('maps the job status %s to %s', async (jobStatus, status) => {
    const { id, jobId } = await buildImport(test, manager, ...csvLines('STATUS', 1));
    await setJob(jobId, jobStatus);
    expect(await readImport(test, manager, id)).toMatchObject({ status, finishedAt: null });
  });

  it('is done after every line, even if its job is deleted', async () => {
    const { id, jobId } = await buildImport(test, manager, ...csvLines('DONE', 2), 'DONE,,,,,');
    await runImportJob(test, id);
    await test.db.query('DELETE FROM jobs WHERE id = $1', [jobId]);
    expect(await readImport(test, manager, id)).toMatchObject({
      status: 'done',
      lines: 3,
      imported: 2,
      failed: 1,
      progress: 100,
      finishedAt: expect.any(String),
    });
  });

  it('200 for another user’s import with products:write, and 403 without it', async () => {
    const { id } = await buildImport(test, manager, ...csvLines('OTHERS', 1));
    const other = await test.buildUser({ roles: ['manager'] });
    expect(await readImport(test, other, id)).toMatchObject({ id, createdBy: manager.id });
    await test
      .as(await test.buildUser())
      .get(`/product-imports/${id}`)
      .expect(403);
  });

  it('404 for an unknown import', async () => {
    const response = await test.as(manager).get(`/product-imports/${randomUUID()}`).expect(404);
    expect(response.body.code).toBe('PRODUCT_IMPORTS_NOT_FOUND');
  });

  it('is part of its uploader’s export, and loses the uploader on erasure', async () => {
    const leaving = await test.buildUser({ roles: ['manager'] });
    const { id } = await buildImport(test, leaving, ...csvLines('LEAVING', 1));
    const response = await test.as(leaving).get('/users/me/export').expect(200);
    expect(response.body.data['product-imports']).toEqual([expect.objectContaining({ id, lines: 1 })]);
    await test.app.modules.instances.get('product-imports')?.personalData?.eraseFor(leaving.id);
    expect(await readImport(test, manager, id)).toMatchObject({ createdBy: null });
    expect(await exportUserData(test, 'product-imports', leaving.id)).toEqual([]);
  });

  it('is purged with its rows after 30 days, and after an hour if the upload is incomplete', async () => {
    const purge = async (limit: number) =>
      test.app.modules.instances.get('product-imports')?.purge?.(limit) ?? 0;
    const setAge = (id: string, age: string, jobId: string | null) =>
      test.db.query(
        'UPDATE product_imports SET created_at = now() - $2::interval, job_id = $3 WHERE id = $1',
        [id, age, jobId],
      );
    const [old, young, broken, fresh] = [
      await buildImport(test, manager, 'OLD,,,,,', ...csvLines('OLD', 600)),
      await buildImport(test, manager, ...csvLines('YOUNG', 1)),
      await buildImport(test, manager, ...csvLines('BROKEN', 1)),
      await buildImport(test, manager, ...csvLines('FRESH', 1)),
    ];
    const stopped = new AbortController();
    stopped.abort(new Error('stopped'));
    await expect(runImportJob(test, old.id, { signal: stopped.signal })).rejects.toThrow('stopped');
    await setAge(old.id, '31 days', old.jobId);
    await setAge(young.id, '29 days', young.jobId);
    await setAge(broken.id, '61 minutes', null);
    await setAge(fresh.id, '59 minutes', null);
    const removed = [await purge(1), await purge(1)];
    while ((await purge(1)) > 0) removed.push(1);
    expect(removed).toEqual(expect.arrayContaining([1]));
    const left = await test.db.query<{ id: string }>('SELECT id FROM product_imports WHERE id = ANY ($1)', [
      [old, young, broken, fresh].map(({ id }) => id),
    ]);
    expect(left.map(({ id }) => id).sort()).toEqual([young.id, fresh.id].sort());
    expect(await test.db.query('SELECT 1 FROM product_import_errors WHERE import_id = $1', [old.id])).toEqual(
      [],
    );
  });
});
