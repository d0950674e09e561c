import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import {
  organizationAuditTypes,
  buildInvitation,
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  roleOf,
  verifyEmail,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('personal data in organizations', () => {
  let test: TestApp;
  let person: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  beforeEach(async () => {
    person = await test.buildUser();
  });
  afterAll(() => test.close());

  const erase = ({ accessToken, password }: TestUser) =>
    test.as({ accessToken }).delete('/users/me').send({ password }).expect(204);

  describe('is exported', () => {
    const exported = async (user: TestUser) =>
      (await test.as(user).get('/users/me/export').expect(200)).body.data.organizations;

    it('with memberships, and with invitations once the address is verified', async () => {
      const organization = await buildOrganization(test, person, 'Own');
      const host = await test.buildUser();
      const other = await buildOrganization(test, host, 'Other');
      await buildInvitation(test, other, host, { email: person.email, role: 'admin' });

      const memberships = [
        { organizationId: organization.id, organization: 'Own', role: 'owner', joinedAt: expect.any(String) },
      ];
      expect(await exported(person)).toEqual({ memberships, invitations: [] });
      await verifyEmail(test, person);
      expect(await exported(person)).toEqual({
        memberships,
        invitations: [
          {
            organization: 'Other',
            role: 'admin',
            createdAt: expect.any(String),
            expiresAt: expect.any(String),
          },
        ],
      });
    });
  });

  describe('is erased', () => {
    it('and the first admin to join becomes owner', async () => {
      const organization = await buildOrganization(test, person);
      await buildMember(test, organization, 'member');
      const heir = await buildMember(test, organization, 'admin');
      const later = await buildMember(test, organization, 'admin');
      await erase(person);
      expect(await roleOf(test, organization, person)).toBeUndefined();
      expect(await roleOf(test, organization, heir)).toBe('owner');
      expect(await roleOf(test, organization, later)).toBe('admin');
      const { body } = await test.as(heir).get(`/organizations/${organization.id}`).expect(200);
      expect(body.data).toMatchObject({ role: 'owner', version: 2 });
      expect((await organizationAuditTypes(test, organization)).slice(-2)).toEqual([
        'member_role_changed',
        'member_removed',
      ]);
    });

    it('and a member becomes owner if there is no admin', async () => {
      const organization = await buildOrganization(test, person);
      const heir = await buildMember(test, organization, 'member');
      await erase(person);
      expect(await roleOf(test, organization, heir)).toBe('owner');
    });

    it('and no member is promoted if there is another owner', async () => {
      const organization = await buildOrganization(test, person);
      await buildMember(test, organization, 'owner');
      const admin = await buildMember(test, organization, 'admin');
      await erase(person);
      expect(await roleOf(test, organization, admin)).toBe('admin');
    });

    it('and an organization without other members is deleted with its invitations', async () => {
      const organization = await buildOrganization(test, person);
      await buildInvitation(test, organization, person, { email: 'late@example.com' });
      await erase(person);
      const left = await test.db.query(
        `SELECT 1 FROM organizations WHERE id = $1 UNION ALL SELECT 1 FROM invitations WHERE organization_id = $1`,
        [organization.id],
      );
      expect(left).toEqual([]);
      expect((await organizationAuditTypes(test, organization)).at(-1)).toBe('deleted');
    });

    it('with only the keys that act for the user', async () => {
      const organization = await buildOrganization(test, person);
      const admin = await buildMember(test, organization, 'admin');
      const own = await buildOrganizationKey(test, organization, person);
      const kept = await buildOrganizationKey(test, organization, admin);
      await erase(person);
      await withKey(test, own).get('/organizations').expect(401);
      await withKey(test, kept).get('/organizations').expect(200);
    });

    it('with invitations sent by the user and to the address', async () => {
      const host = await test.buildUser();
      const organization = await buildOrganization(test, host);
      await buildMember(test, organization, 'admin', person);
      const sent = await buildInvitation(test, organization, person, { email: 'guest@example.com' });
      const other = await buildOrganization(test, host);
      const received = await buildInvitation(test, other, host, { email: person.email });
      const kept = await buildInvitation(test, other, host, { email: 'guest@example.com' });
      await erase(person);
      const ids = [sent.id, received.id, kept.id];
      const left = await test.db.query('SELECT id FROM invitations WHERE id = ANY ($1)', [ids]);
      expect(left).toEqual([{ id: kept.id }]);
    });
  });
});
