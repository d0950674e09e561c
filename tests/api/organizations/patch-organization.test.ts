import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import {
  organizationAuditTypes,
  buildMember,
  buildOrganization,
  type TestOrganization,
} from '../../helpers/organizations.ts';

describe('PATCH /organizations/:id', () => {
  let test: TestApp;
  let admin: TestUser;
  let member: TestUser;
  let organization: TestOrganization;

  beforeAll(async () => {
    test = await buildTestApp();
    organization = await buildOrganization(test, await test.buildUser());
    admin = await buildMember(test, organization, 'admin');
    member = await buildMember(test, organization, 'member');
  });
  afterAll(() => test.close());

  const rename = (user: TestUser, body: object) =>
    test.as(user).patch(`/organizations/${organization.id}`).send(body);

  it('200 for an admin, with the next version', async () => {
    const response = await rename(admin, { name: 'Elm Works' }).set('If-Match', '"v1"').expect(200);
    expect(response.body.data).toMatchObject({ name: 'Elm Works', role: 'admin', version: 2 });
    expect(response.get('ETag')).toBe('"v2"');
    expect(await organizationAuditTypes(test, organization)).toEqual(['created', 'renamed']);
  });

  it('400 without a change', async () => {
    expect(issuesOf(await rename(admin, {}).expect(400))).toEqual(['body  object.min']);
  });

  it('403 for a member', async () => {
    expectError(await rename(member, { name: 'Mine' }), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
  });

  it('412 for an old version', async () => {
    const response = await rename(admin, { name: 'Late' }).set('If-Match', '"v1"');
    expectError(response, 412, 'PRECONDITION_FAILED');
  });
});
