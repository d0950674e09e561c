import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { backdateKey, buildApiKey, withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

describe('the API keys of an organization', () => {
  let test: TestApp;
  let owner: TestUser;
  let admin: TestUser;
  let member: TestUser;
  let organization: TestOrganization;
  let path: string;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser();
    organization = await buildOrganization(test, owner);
    admin = await buildMember(test, organization, 'admin');
    member = await buildMember(test, organization, 'member');
    path = `/organizations/${organization.id}/api-keys`;
  });
  afterAll(() => test.close());

  const body = { name: 'Export', scopes: ['loans:place'] };

  describe('GET /organizations/:id/api-keys', () => {
    it('200 with the keys of the organization and their users, without secrets', async () => {
      const [first, second] = [
        await buildOrganizationKey(test, organization, owner),
        await buildOrganizationKey(test, organization, admin),
      ];
      await buildApiKey(test, owner);
      const response = await test.as(admin).get(path).expect(200);
      expect(response.body.data).toMatchObject([
        { id: second.id, userId: admin.id, prefix: second.prefix },
        { id: first.id, userId: owner.id, prefix: first.prefix },
      ]);
      expect(response.text).not.toContain(first.key);
    });

    it('403 for a member', async () => {
      expectError(await test.as(member).get(path), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    });
  });

  describe('POST /organizations/:id/api-keys', () => {
    it('201 with a key that acts for its creator but is not a personal key', async () => {
      const key = await buildOrganizationKey(test, organization, admin);
      expect(key.userId).toBe(admin.id);
      await withKey(test, key).get(`/organizations/${organization.id}`).expect(200);
      const own = await test.as(admin).get('/api-keys').expect(200);
      expect(own.body.data).toEqual([]);
    });

    it('400 without scopes', async () => {
      await test.as(owner).post(path).send({ name: 'Nothing', scopes: [] }).expect(400);
    });

    it('403 for a member, for scopes not held, and without a recent sign-in', async () => {
      expectError(await test.as(member).post(path).send(body), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
      const greedy = { ...body, scopes: ['users:manage'] };
      expectError(await test.as(owner).post(path).send(greedy), 403, 'API_KEYS_SCOPE_NOT_HELD');
      test.clock.advance(11 * 60_000);
      expectError(await test.as(owner).post(path).send(body), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
      test.clock.advance(-11 * 60_000);
    });

    it('403 for API keys, which cannot create keys', async () => {
      const key = await buildOrganizationKey(test, organization, owner);
      expectError(await withKey(test, key).post(path).send(body), 403, 'FORBIDDEN');
    });
  });

  describe('POST /organizations/:id/api-keys/:keyId/rotate', () => {
    const rotate = (by: TestUser, id: string) => test.as(by).post(`${path}/${id}/rotate`);

    it('200 with a new secret', async () => {
      const key = await buildOrganizationKey(test, organization, admin);
      const { data } = (await rotate(admin, key.id).send({ overlapSeconds: 0 }).expect(200)).body;
      expect(data).toMatchObject({ id: key.id, userId: admin.id });
      await withKey(test, data).get('/organizations').expect(200);
      await withKey(test, key).get('/organizations').expect(401);
    });

    it('403 for a key that acts for another user, and for a member', async () => {
      const key = await buildOrganizationKey(test, organization, owner);
      expectError(await rotate(admin, key.id).send({}), 403, 'ORGANIZATIONS_KEY_OF_ANOTHER');
      expectError(await rotate(member, key.id).send({}), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
      await withKey(test, key).get('/organizations').expect(200);
    });

    it('404 for an unknown key, a key of another organization and a personal one', async () => {
      const elsewhere = await buildOrganization(test, owner);
      const foreign = await buildOrganizationKey(test, elsewhere, owner);
      for (const id of [randomUUID(), foreign.id, (await buildApiKey(test, owner)).id]) {
        expectError(await rotate(owner, id).send({}), 404, 'API_KEYS_NOT_FOUND');
      }
    });

    it('409 for an expired key', async () => {
      const key = await buildOrganizationKey(test, organization, admin);
      await backdateKey(test, key, 'expires_at', 1);
      expectError(await rotate(admin, key.id).send({}), 409, 'API_KEYS_EXPIRED');
    });
  });

  describe('DELETE /organizations/:id/api-keys/:keyId', () => {
    const revoke = (by: TestUser, id: string) => test.as(by).delete(`${path}/${id}`);

    it('204 revokes the key immediately, also one that acts for another user', async () => {
      const key = await buildOrganizationKey(test, organization, owner);
      await revoke(admin, key.id).expect(204);
      await withKey(test, key).get('/organizations').expect(401);
    });

    it('403 for a member', async () => {
      const key = await buildOrganizationKey(test, organization, owner);
      expectError(await revoke(member, key.id), 403, 'ORGANIZATIONS_ROLE_TOO_LOW');
    });

    it('404 for an unknown key, a key of another organization and a personal one', async () => {
      const elsewhere = await buildOrganization(test, owner);
      const foreign = await buildOrganizationKey(test, elsewhere, owner);
      for (const id of [randomUUID(), foreign.id, (await buildApiKey(test, owner)).id]) {
        expectError(await revoke(owner, id), 404, 'API_KEYS_NOT_FOUND');
      }
      await withKey(test, foreign).get(`/organizations/${elsewhere.id}`).expect(200);
    });
  });
});
