import { defineErrors } from '../../core/errors.ts';
import { organizationMessages } from './organization.messages.ts';

export const organizationErrors = defineErrors(organizationMessages.errors, {
  notFound: ['not_found', 'ORGANIZATIONS_NOT_FOUND'],
  memberNotFound: ['not_found', 'ORGANIZATIONS_MEMBER_NOT_FOUND'],
  invitationNotFound: ['not_found', 'ORGANIZATIONS_INVITATION_NOT_FOUND'],
  roleTooLow: ['forbidden', 'ORGANIZATIONS_ROLE_TOO_LOW'],
  invitationNotYours: ['forbidden', 'ORGANIZATIONS_INVITATION_NOT_YOURS'],
  keyOfAnother: ['forbidden', 'ORGANIZATIONS_KEY_OF_ANOTHER'],
  invitationInvalid: ['invalid', 'ORGANIZATIONS_INVITATION_INVALID'],
  tooMany: ['conflict', 'ORGANIZATIONS_TOO_MANY'],
  lastOwner: ['conflict', 'ORGANIZATIONS_LAST_OWNER'],
  alreadyMember: ['conflict', 'ORGANIZATIONS_ALREADY_MEMBER'],
  tooManyInvitations: ['too_many', 'ORGANIZATIONS_TOO_MANY_INVITATIONS'],
});
