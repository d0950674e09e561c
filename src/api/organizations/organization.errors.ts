import { defineErrors } from '../../core/errors.ts';

export const organizationErrors = defineErrors({
  notFound: [
    'not_found',
    'ORGANIZATIONS_NOT_FOUND',
    'There is no such organization.',
    { de: 'Diese Organisation gibt es nicht.' },
  ],
  memberNotFound: [
    'not_found',
    'ORGANIZATIONS_MEMBER_NOT_FOUND',
    'The organization has no such member.',
    { de: 'Die Organisation hat kein solches Mitglied.' },
  ],
  invitationNotFound: [
    'not_found',
    'ORGANIZATIONS_INVITATION_NOT_FOUND',
    'The organization has no such open invitation.',
    { de: 'Die Organisation hat keine solche offene Einladung.' },
  ],
  roleTooLow: [
    'forbidden',
    'ORGANIZATIONS_ROLE_TOO_LOW',
    'Your role in the organization does not allow this.',
    { de: 'Die eigene Rolle in der Organisation erlaubt das nicht.' },
  ],
  invitationNotYours: [
    'forbidden',
    'ORGANIZATIONS_INVITATION_NOT_YOURS',
    'The invitation went to another address, or you have not confirmed yours yet.',
    { de: 'Die Einladung ging an eine andere Adresse, oder die eigene ist noch nicht bestätigt.' },
  ],
  keyOfAnother: [
    'forbidden',
    'ORGANIZATIONS_KEY_OF_ANOTHER',
    'The key speaks for somebody else: revoke it, and make one of your own.',
    { de: 'Der Schlüssel spricht für jemand anderen: bitte widerrufen und einen eigenen anlegen.' },
  ],
  invitationInvalid: [
    'invalid',
    'ORGANIZATIONS_INVITATION_INVALID',
    'The invitation is not valid (any more): ask for a new one.',
    { de: 'Die Einladung gilt nicht (mehr): bitte um eine neue ersuchen.' },
  ],
  tooMany: [
    'conflict',
    'ORGANIZATIONS_TOO_MANY',
    'Nobody may own more organizations than you do.',
    { de: 'Mehr Organisationen kann niemand besitzen.' },
  ],
  lastOwner: [
    'conflict',
    'ORGANIZATIONS_LAST_OWNER',
    'This is the last owner: make another one first.',
    { de: 'Das ist der letzte Eigentümer: bitte erst einen weiteren ernennen.' },
  ],
  alreadyMember: [
    'conflict',
    'ORGANIZATIONS_ALREADY_MEMBER',
    'Whoever has this address is a member already.',
    { de: 'Wer diese Adresse hat, ist schon Mitglied.' },
  ],
  tooManyInvitations: [
    'too_many',
    'ORGANIZATIONS_TOO_MANY_INVITATIONS',
    'You have sent very many invitations: go on in an hour.',
    { de: 'Das waren sehr viele Einladungen: bitte in einer Stunde weitermachen.' },
  ],
});
