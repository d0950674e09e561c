import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { withKey } from '../../helpers/api-keys.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { withoutRequestId } from '../../helpers/auth.ts';
import {
  buildInvitation,
  buildMember,
  buildOrganization,
  buildOrganizationKey,
  type TestOrganization,
} from '../../helpers/organizations.ts';
import { buildThingsApp } from '../../helpers/things.ts';

type Requests = TestApp['http'];

/** Ids of rows that belong to an organization. Each key is the path parameter that takes the id. */
interface Belongings {
  readonly id: string;
  readonly userId: string;
  readonly invitationId: string;
  readonly keyId: string;
}

const bodies: Readonly<Record<string, object>> = {
  'patch /organizations/:id': { name: 'Taken over' },
  'patch /organizations/:id/members/:userId': { role: 'member' },
  'post /organizations/:id/invitations': { email: 'friend@example.com', role: 'admin' },
  'post /organizations/:id/api-keys': { name: 'Mine', scopes: ['loans:place'] },
  'post /organizations/:id/api-keys/:keyId/rotate': {},
};

const readableWithKeys = ['get /organizations/:id', 'get /organizations/:id/members'];

describe('the rows of an organization', () => {
  let test: TestApp;
  let owner: TestUser;
  let stranger: TestUser;
  let organization: TestOrganization;
  let other: TestOrganization;
  let belongings: Belongings;
  let otherKey: Requests;
  let sharedKey: Requests;

  beforeAll(async () => {
    test = await buildThingsApp();
    owner = await test.buildUser({ email: 'hidden-owner@example.com' });
    stranger = await test.buildUser();
    organization = await buildOrganization(test, owner, 'Hidden Works');
    other = await buildOrganization(test, stranger, 'Other Works');
    const member = await buildMember(test, organization, 'member');
    belongings = {
      id: organization.id,
      userId: member.id,
      invitationId: (await buildInvitation(test, organization, owner, { email: 'invited@example.com' })).id,
      keyId: (await buildOrganizationKey(test, organization, owner)).id,
    };
    otherKey = withKey(test, await buildOrganizationKey(test, other, stranger));
    // Create a key that belongs to the other organization but acts for a user who owns this one.
    await buildMember(test, other, 'admin', owner);
    sharedKey = withKey(test, await buildOrganizationKey(test, other, owner));
  });
  afterAll(() => test.close());

  const pathsInside = (): string[] => {
    const inside = test.app.modules.routes.filter(({ path }) => path.startsWith('/api/v1/organizations/:id'));
    return inside.map(({ path, route }) => `${route.method} ${path.replace('/api/v1', '')}`);
  };

  const fill = (path: string, values: Belongings): string =>
    path.replace(/:(\w+)/g, (_match, name: keyof Belongings) => values[name]);

  const call = (requests: Requests, name: string, values: Belongings) => {
    const [method, path] = name.split(' ') as [keyof Requests, string];
    const request = requests[method](fill(path, values));
    const body = bodies[name];
    return body === undefined ? request : request.send(body);
  };

  const snapshot = () =>
    test.db.query(
      `SELECT o::text FROM organizations o UNION ALL SELECT m::text FROM memberships m
       UNION ALL SELECT i::text FROM invitations i
       UNION ALL SELECT k.id::text || k.secret_hash || coalesce(k.revoked_at::text, '') FROM api_keys k ORDER BY 1`,
    );

  /** Sends the same request twice: for rows that exist and for rows that do not. */
  const answersTo = async (requests: Requests, name: string) => {
    const nothing = { ...belongings, id: randomUUID() };
    return [await call(requests, name, belongings), await call(requests, name, nothing)];
  };

  it('are reached by these routes', () => {
    expect(pathsInside()).toHaveLength(13);
    expect(pathsInside()).toEqual(expect.arrayContaining([...Object.keys(bodies), ...readableWithKeys]));
  });

  it('are invisible to a member of another organization on every route, and unchanged', async () => {
    const before = await snapshot();
    for (const name of pathsInside()) {
      const [hidden, missing] = await answersTo(test.as(stranger), name);
      expect([name, hidden?.status, hidden?.body.code]).toEqual([name, 404, 'ORGANIZATIONS_NOT_FOUND']);
      expect(withoutRequestId(hidden!)).toEqual(withoutRequestId(missing!));
    }
    expect(await snapshot()).toEqual(before);
  });

  it('are invisible to a key of another organization, also one that acts for a member', async () => {
    const before = await snapshot();
    for (const key of [otherKey, sharedKey]) {
      for (const name of pathsInside()) {
        const [hidden, missing] = await answersTo(key, name);
        const expected = readableWithKeys.includes(name) ? 404 : 403;
        expect([name, hidden?.status]).toEqual([name, expected]);
        expect(withoutRequestId(hidden!)).toEqual(withoutRequestId(missing!));
      }
      const { body } = await key.get('/organizations').expect(200);
      expect((body.data as TestOrganization[]).map(({ id }) => id)).toEqual([other.id]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('are not reachable through another organization of the caller', async () => {
    const before = await snapshot();
    const crossed = { ...belongings, id: other.id };
    const codes: Record<string, string> = {};
    for (const name of pathsInside().filter((path) => /:(?:userId|invitationId|keyId)/.test(path))) {
      const { status, body } = await call(test.as(stranger), name, crossed);
      codes[name] = `${status} ${body.code}`;
    }
    expect(codes).toEqual({
      'patch /organizations/:id/members/:userId': '404 ORGANIZATIONS_MEMBER_NOT_FOUND',
      'delete /organizations/:id/members/:userId': '404 ORGANIZATIONS_MEMBER_NOT_FOUND',
      'delete /organizations/:id/invitations/:invitationId': '404 ORGANIZATIONS_INVITATION_NOT_FOUND',
      'post /organizations/:id/api-keys/:keyId/rotate': '404 API_KEYS_NOT_FOUND',
      'delete /organizations/:id/api-keys/:keyId': '404 API_KEYS_NOT_FOUND',
    });
    expect(await snapshot()).toEqual(before);
  });

  it('are not listed in another organization', async () => {
    for (const path of ['', `/${other.id}`, `/${other.id}/invitations`, `/${other.id}/api-keys`]) {
      const { text } = await test.as(stranger).get(`/organizations${path}`).expect(200);
      for (const secret of [organization.id, 'Hidden Works', 'invited@example.com', belongings.keyId]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});
