import { defineErrors } from '../../core/errors.ts';

export const organizationErrors = defineErrors({
  notFound: [
    'not_found',
    'ORGANIZATIONS_NOT_FOUND',
    'The organization does not exist.',
    { de: 'Diese Organisation gibt es nicht.' },
  ],
  memberNotFound: [
    'not_found',
    'ORGANIZATIONS_MEMBER_NOT_FOUND',
    'The member does not exist in this organization.',
    { de: 'Dieses Mitglied gibt es in der Organisation nicht.' },
  ],
  invitationNotFound: [
    'not_found',
    'ORGANIZATIONS_INVITATION_NOT_FOUND',
    'The invitation does not exist or is no longer open.',
    { de: 'Diese Einladung gibt es nicht, oder sie ist nicht mehr offen.' },
  ],
  roleTooLow: [
    'forbidden',
    'ORGANIZATIONS_ROLE_TOO_LOW',
    'Your role in the organization does not allow this action.',
    { de: 'Die eigene Rolle in der Organisation erlaubt das nicht.' },
  ],
  invitationNotYours: [
    'forbidden',
    'ORGANIZATIONS_INVITATION_NOT_YOURS',
    'The invitation was sent to another address, or your e-mail address is not verified.',
    { de: 'Die Einladung ging an eine andere Adresse, oder die eigene ist noch nicht bestätigt.' },
  ],
  keyOfAnother: [
    'forbidden',
    'ORGANIZATIONS_KEY_OF_ANOTHER',
    'The key acts for another user. Revoke it and create your own.',
    { de: 'Der Schlüssel gehört zu einem anderen Konto. Bitte widerrufen und einen eigenen anlegen.' },
  ],
  invitationInvalid: [
    'invalid',
    'ORGANIZATIONS_INVITATION_INVALID',
    'The invitation is invalid or has expired. Ask for a new one.',
    { de: 'Die Einladung ist ungültig oder abgelaufen. Bitte um eine neue bitten.' },
  ],
  tooMany: [
    'conflict',
    'ORGANIZATIONS_TOO_MANY',
    'You own 20 organizations, which is the limit.',
    { de: 'Die Grenze von 20 eigenen Organisationen ist erreicht.' },
  ],
  lastOwner: [
    'conflict',
    'ORGANIZATIONS_LAST_OWNER',
    'This is the last owner. Make another member an owner first.',
    { de: 'Das ist der letzte Eigentümer. Bitte erst einen weiteren ernennen.' },
  ],
  alreadyMember: [
    'conflict',
    'ORGANIZATIONS_ALREADY_MEMBER',
    'A user with this e-mail address is already a member.',
    { de: 'Zu dieser E-Mail-Adresse gibt es schon ein Mitglied.' },
  ],
  tooManyInvitations: [
    'too_many',
    'ORGANIZATIONS_TOO_MANY_INVITATIONS',
    'You have sent too many invitations. Try again in an hour.',
    { de: 'Das waren zu viele Einladungen. Bitte in einer Stunde noch einmal versuchen.' },
  ],
});
