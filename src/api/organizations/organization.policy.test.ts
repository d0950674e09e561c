import { describe, expect, it } from '@jest/globals';
import { heirOf, isAtLeast, mayInviteAs, mayRemove, memberRoles } from './organization.policy.ts';

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
    expect(pairs(mayInviteAs)).toEqual([
      'owner>owner',
      'owner>admin',
      'owner>member',
      'admin>admin',
      'admin>member',
    ]);
  });

  it('remove: owners anyone, admins members', () => {
    expect(pairs(mayRemove)).toEqual(['owner>owner', 'owner>admin', 'owner>member', 'admin>member']);
  });

  it('pass to the admin who joined first, else to the member who did', () => {
    const member = { id: 1, role: 'member' } as const;
    const admins = [
      { id: 2, role: 'admin' },
      { id: 3, role: 'admin' },
    ] as const;
    expect(heirOf([member, ...admins])).toEqual(admins[0]);
    expect(heirOf([member, { id: 4, role: 'member' }])).toEqual(member);
    expect(heirOf<(typeof admins)[number]>([])).toBeUndefined();
  });
});
