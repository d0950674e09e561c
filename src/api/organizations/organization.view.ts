import { toApiKeyView, toNewApiKeyView, type ApiKey } from '../api-keys/index.ts';
import type { Invitation } from './invitation.model.ts';
import type { Member } from './member.service.ts';
import type { Standing } from './organization.repository.ts';
import type {
  InvitationView,
  MemberView,
  NewOrganizationKeyView,
  OrganizationKeyView,
  OrganizationView,
} from './organization.validation.ts';

/** The organization as one of its members sees it. */
export const toOrganizationView = ({ organization, role }: Standing): OrganizationView => ({
  id: organization.id,
  name: organization.name,
  role,
  createdAt: organization.createdAt.toISOString(),
  updatedAt: organization.updatedAt.toISOString(),
  version: organization.version,
});

/** A member as the others see them. */
export const toMemberView = ({ membership, name, email }: Member): MemberView => ({
  userId: membership.userId,
  name,
  email,
  role: membership.role,
  joinedAt: membership.createdAt.toISOString(),
});

/** The invitation without what opens it. */
export const toInvitationView = ({ id, email, role, invitedBy, ...moments }: Invitation): InvitationView => ({
  id,
  email,
  role,
  invitedBy,
  expiresAt: moments.expiresAt.toISOString(),
  createdAt: moments.createdAt.toISOString(),
});

/** The key as the admins of its organization see it: without its secret. */
export const toOrganizationKeyView = (apiKey: ApiKey): OrganizationKeyView => ({
  ...toApiKeyView(apiKey),
  userId: apiKey.userId,
});

/** The key in the one answer that shows it whole. */
export const toNewOrganizationKeyView = (issued: {
  apiKey: ApiKey;
  key: string;
}): NewOrganizationKeyView => ({
  ...toNewApiKeyView(issued),
  userId: issued.apiKey.userId,
});
