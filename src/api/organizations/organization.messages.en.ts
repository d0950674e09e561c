import { publicName, text } from '../mail/index.ts';

interface InvitationValues {
  readonly organization: string;
  readonly inviter: string;
  readonly link: string;
}

export const en = {
  errors: {
    notFound: 'The organization does not exist.',
    memberNotFound: 'The member does not exist in this organization.',
    invitationNotFound: 'The invitation does not exist or is no longer open.',
    roleTooLow: 'Your role in the organization does not allow this action.',
    invitationNotYours: 'The invitation was sent to another address, or your e-mail address is not verified.',
    keyOfAnother: 'The key acts for another user. Revoke it and create your own.',
    invitationInvalid: 'The invitation is invalid or has expired. Ask for a new one.',
    tooMany: 'You own 20 organizations, which is the limit.',
    lastOwner: 'This is the last owner. Make another member an owner first.',
    alreadyMember: 'A user with this e-mail address is already a member.',
    tooManyInvitations: 'You have sent too many invitations. Try again in an hour.',
  },
  notices: {
    left: (count: number) => `Organizations left: ${count}.`,
    stillMember: (count: number) => `Organizations that you are still a member of: ${count}.`,
  },
  mails: {
    /** Invites the owner of an address to an organization. */
    invitation: {
      subject: ({ organization }: InvitationValues) => text`Invitation to ${publicName(organization)}`,
      body: ({ organization, inviter, link }: InvitationValues) => [
        text`you are invited to join “${publicName(organization)}”.`,
        text`Invited by: ${inviter}`,
        { label: text`Accept the invitation`, url: link },
        text`Sign in with this e-mail address, or register with it first. The link is valid for seven days and can be used once.`,
        text`If you do not know what this is about, ignore this e-mail. You will not be added.`,
      ],
    },
  },
};
