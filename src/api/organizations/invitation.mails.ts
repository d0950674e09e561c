import { defineMail } from '../mail/index.ts';

interface InvitationValues {
  readonly organization: string;
  readonly inviter: string;
  readonly link: string;
}

/** To someone who may join an organization. */
export const invitationMail = defineMail<InvitationValues>({
  en: {
    subject: ({ organization }) => `Invitation to ${organization}`,
    body: ({ organization, inviter, link }) => [
      `${inviter} invites you to join “${organization}”.`,
      { label: 'Accept the invitation', url: link },
      'Sign in with this e-mail address, or register with it first. The link is good for seven days, and once.',
      'If you do not know what this is about, ignore this mail: nothing happens then.',
    ],
  },
  de: {
    subject: ({ organization }) => `Einladung zu ${organization}`,
    body: ({ organization, inviter, link }) => [
      `${inviter} lädt dich ein, bei „${organization}“ mitzumachen.`,
      { label: 'Einladung annehmen', url: link },
      'Melde dich mit dieser E-Mail-Adresse an, oder registriere dich zuerst mit ihr. Der Link gilt sieben Tage und einmal.',
      'Wenn du nicht weißt, worum es geht, ignoriere diese E-Mail: dann geschieht nichts.',
    ],
  },
});
