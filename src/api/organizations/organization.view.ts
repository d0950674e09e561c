import { toApiKeyView, toNewApiKeyView, type ApiKey } from '../api-keys/index.ts';
import type { Invitation } from './invitation.model.ts';
import type { Member } from './member.service.ts';
import type { MemberContext } from './organization.repository.ts';
import type {
  InvitationView,
  MemberView,
  NewOrganizationKeyView,
  OrganizationKeyView,
  OrganizationView,
} from './organization.validation.ts';

/** Returns an organization, with the caller's role. */
export const toOrganizationView = ({ organization, role }: MemberContext): OrganizationView => ({
  id: organization.id,
  name: organization.name,
  role,
  createdAt: organization.createdAt.toISOString(),
  updatedAt: organization.updatedAt.toISOString(),
  version: organization.version,
});

/** Returns a member, with name and address. */
export const toMemberView = ({ membership, name, email }: Member): MemberView => ({
  userId: membership.userId,
  name,
  email,
  role: membership.role,
  joinedAt: membership.createdAt.toISOString(),
});

/** Returns an invitation without its token. */
export const toInvitationView = ({ id, email, role, invitedBy, ...moments }: Invitation): InvitationView => ({
  id,
  email,
  role,
  invitedBy,
  expiresAt: moments.expiresAt.toISOString(),
  createdAt: moments.createdAt.toISOString(),
});

/** Returns a key without its secret, with the user it acts for. */
export const toOrganizationKeyView = (apiKey: ApiKey): OrganizationKeyView => ({
  ...toApiKeyView(apiKey),
  userId: apiKey.userId,
});

/** Returns a new or rotated key with its full text. */
export const toNewOrganizationKeyView = (issued: {
  apiKey: ApiKey;
  key: string;
}): NewOrganizationKeyView => ({
  ...toNewApiKeyView(issued),
  userId: issued.apiKey.userId,
});
