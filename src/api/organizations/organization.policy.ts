/** What a member can be, from the highest to the lowest. */
export const memberRoles = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Whether someone with this role has what the other one gives. */
export const isAtLeast = (role: MemberRole, wanted: MemberRole): boolean =>
  memberRoles.indexOf(role) <= memberRoles.indexOf(wanted);

/** Whether someone with this role may invite others to that one: admins and owners, up to what they are themselves. */
export const canInviteAs = (role: MemberRole, invited: MemberRole): boolean =>
  isAtLeast(role, 'admin') && isAtLeast(role, invited);

/** Whether someone with this role may remove others who have that one. */
export const canRemove = (role: MemberRole, removed: MemberRole): boolean =>
  role === 'owner' || (role === 'admin' && removed === 'member');
