/** The roles of members, from the highest to the lowest. */
export const memberRoles = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Returns true if `role` is `wanted` or higher. */
export const isAtLeast = (role: MemberRole, wanted: MemberRole): boolean =>
  memberRoles.indexOf(role) <= memberRoles.indexOf(wanted);

/**
 * Returns true if a member with this role may invite others as `invited`. Admins and owners may invite up to their own
 * role.
 */
export const canInviteAs = (role: MemberRole, invited: MemberRole): boolean =>
  isAtLeast(role, 'admin') && isAtLeast(role, invited);

/** Returns true if a member with this role may remove a member with the role `removed`. */
export const canRemove = (role: MemberRole, removed: MemberRole): boolean =>
  role === 'owner' || (role === 'admin' && removed === 'member');
