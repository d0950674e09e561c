import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CanonicalizeInvitations1763750200000 } from '../../../src/api/organizations/migrations/1763750200000-canonicalize-invitations.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { buildOrganization } from '../../helpers/organizations.ts';

let test: TestApp;

beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

it('canonicalizes the addresses of stored invitations, and keeps the newer of two', async () => {
  const owner = await test.buildUser();
  const organization = await buildOrganization(test, owner, 'Oak');
  const path = `/organizations/${organization.id}/invitations`;
  const invite = async (email: string) => {
    const { body } = await test.as(owner).post(path).send({ email, role: 'member' }).expect(201);
    return body.data.id as string;
  };
  const respell = (id: string, email: string) =>
    test.db.query('UPDATE invitations SET email = $2 WHERE id = $1', [id, email]);
  const alone = await invite('alone@example.com');
  await respell(alone, 'ü@bücher.example');
  const older = await invite('ada@xn--grn-ioa.example');
  const newer = await invite('newer@example.com');
  await respell(newer, 'ada@grün.example');

  const runner = test.db.dataSource.createQueryRunner();
  try {
    await new CanonicalizeInvitations1763750200000().up(runner);
  } finally {
    await runner.release();
  }

  const { body } = await test.as(owner).get(path).expect(200);
  const listed = (body.data as { id: string; email: string }[]).map(({ id, email }) => [id, email]);
  expect(listed).toEqual([
    [newer, 'ada@xn--grn-ioa.example'],
    [alone, 'ü@xn--bcher-kva.example'],
  ]);
  expect(listed).not.toContain(older);
});
