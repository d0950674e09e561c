import Joi from 'joi';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  arrayOf,
  email,
  integer,
  named,
  object,
  oneOf,
  partial,
  text,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';
import { apiKeyView, newApiKeyView } from '../api-keys/index.ts';
import { memberRoles } from './organization.policy.ts';

const role = oneOf(...memberRoles);
const name = () => text(1, 100);

export const organizationParams = object({ id: uuid() });
export const memberParams = object({ id: uuid(), userId: uuid() });
export const invitationParams = object({ id: uuid(), invitationId: uuid() });
export const organizationKeyParams = object({ id: uuid(), keyId: uuid() });

export const createOrganizationBody = named('NewOrganization', object({ name: name() }));
export type CreateOrganizationBody = Infer<typeof createOrganizationBody>;

export const changeOrganizationBody = named('OrganizationChange', partial(object({ name: name() })));
export type ChangeOrganizationBody = Infer<typeof changeOrganizationBody>;

export const changeMemberBody = named('MemberChange', object({ role }));
export type ChangeMemberBody = Infer<typeof changeMemberBody>;

export const inviteBody = named('NewInvitation', object({ email: email(), role }));
export type InviteBody = Infer<typeof inviteBody>;

export const acceptInvitationBody = object({ token: text(1, 200) });
export type AcceptInvitationBody = Infer<typeof acceptInvitationBody>;

export const listOrganizationsQuery = listQuery(['createdAt', 'name'], '-createdAt', {});
export type ListOrganizationsQuery = Infer<typeof listOrganizationsQuery>;

export const listMembersQuery = listQuery(['createdAt'], 'createdAt', {});
export type ListMembersQuery = Infer<typeof listMembersQuery>;

export const listInvitationsQuery = listQuery(['createdAt'], '-createdAt', {});
export type ListInvitationsQuery = Infer<typeof listInvitationsQuery>;

export const organizationView = named(
  'Organization',
  object({
    id: uuid(),
    name: Joi.string(),
    role: oneOf(...memberRoles).description("The caller's role in the organization."),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: integer(1, Number.MAX_SAFE_INTEGER),
  }),
);
export type OrganizationView = Infer<typeof organizationView>;

export const memberView = named(
  'Member',
  object({ userId: uuid(), name: Joi.string(), email: Joi.string(), role, joinedAt: timestamp() }),
);
export type MemberView = Infer<typeof memberView>;

export const invitationView = named(
  'Invitation',
  object({
    id: uuid(),
    email: Joi.string(),
    role,
    invitedBy: uuid().description('The id of the user who sent the invitation.'),
    expiresAt: timestamp(),
    createdAt: timestamp(),
  }),
);
export type InvitationView = Infer<typeof invitationView>;

const actingUser = { userId: uuid().required().description('The id of the user that the key acts for.') };

export type OrganizationKeyView = Infer<typeof apiKeyView> & { readonly userId: string };
export type NewOrganizationKeyView = Infer<typeof newApiKeyView> & { readonly userId: string };

export const organizationKeyView = named(
  'OrganizationApiKey',
  apiKeyView.append<OrganizationKeyView>(actingUser),
);
export const newOrganizationKeyView = named(
  'NewOrganizationApiKey',
  newApiKeyView.append<NewOrganizationKeyView>(actingUser),
);

export const organizationPage = pageOf(organizationView);
export const memberPage = pageOf(memberView);
export const invitationPage = pageOf(invitationView);
export const organizationKeysView = arrayOf(organizationKeyView);
