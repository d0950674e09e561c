import { describe, expect, it } from '@jest/globals';
import { isAtLeast, canInviteAs, canRemove, memberRoles } from './organization.policy.ts';

/** `admin>member` for every pair of roles for which the answer is yes. */
const pairs = (
  answer: (role: (typeof memberRoles)[number], other: (typeof memberRoles)[number]) => boolean,
) =>
  memberRoles.flatMap((role) =>
    memberRoles.filter((other) => answer(role, other)).map((other) => `${role}>${other}`),
  );

describe('roles in an organization', () => {
  it('include those below them', () => {
    expect(pairs(isAtLeast)).toEqual([
      'owner>owner',
      'owner>admin',
      'owner>member',
      'admin>admin',
      'admin>member',
      'member>member',
    ]);
  });

  it('invite up to their own level, and members nobody', () => {
    expect(pairs(canInviteAs)).toEqual([
      'owner>owner',
      'owner>admin',
      'owner>member',
      'admin>admin',
      'admin>member',
    ]);
  });

  it('remove: owners anyone, admins members', () => {
    expect(pairs(canRemove)).toEqual(['owner>owner', 'owner>admin', 'owner>member', 'admin>member']);
  });
});
