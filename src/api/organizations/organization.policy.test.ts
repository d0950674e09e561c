import { describe, expect, it } from '@jest/globals';
import { isAtLeast, canInviteAs, canRemove, memberRoles } from './organization.policy.ts';

/** Returns `admin>member` for every pair of roles for which `predicate` returns true. */
const pairs = (
  predicate: (role: (typeof memberRoles)[number], other: (typeof memberRoles)[number]) => boolean,
) =>
  memberRoles.flatMap((role) =>
    memberRoles.filter((other) => predicate(role, other)).map((other) => `${role}>${other}`),
  );

describe('the roles of an organization', () => {
  it('include the lower roles', () => {
    expect(pairs(isAtLeast)).toEqual([
      'owner>owner',
      'owner>admin',
      'owner>member',
      'admin>admin',
      'admin>member',
      'member>member',
    ]);
  });

  it('let owners and admins invite up to their own role', () => {
    expect(pairs(canInviteAs)).toEqual([
      'owner>owner',
      'owner>admin',
      'owner>member',
      'admin>admin',
      'admin>member',
    ]);
  });

  it('let owners remove anyone, and admins remove members', () => {
    expect(pairs(canRemove)).toEqual(['owner>owner', 'owner>admin', 'owner>member', 'admin>member']);
  });
});
