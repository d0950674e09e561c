import { defineMail, publicName, text } from '../mail/index.ts';

interface InvitationValues {
  readonly organization: string;
  readonly inviter: string;
  readonly link: string;
}

/** Invites the owner of an address to an organization. */
export const invitationMail = defineMail<InvitationValues>({
  en: {
    subject: ({ organization }) => text`Invitation to ${publicName(organization)}`,
    body: ({ organization, inviter, link }) => [
      text`you are invited to join “${publicName(organization)}”.`,
      text`Invited by: ${inviter}`,
      { label: text`Accept the invitation`, url: link },
      text`Sign in with this e-mail address, or register with it first. The link is valid for seven days and can be used once.`,
      text`If you do not know what this is about, ignore this e-mail. You will not be added.`,
    ],
  },
  de: {
    subject: ({ organization }) => text`Einladung zu ${publicName(organization)}`,
    body: ({ organization, inviter, link }) => [
      text`du bist eingeladen, bei „${publicName(organization)}“ mitzumachen.`,
      text`Eingeladen von: ${inviter}`,
      { label: text`Einladung annehmen`, url: link },
      text`Melde dich mit dieser E-Mail-Adresse an, oder registriere dich zuerst mit ihr. Der Link gilt sieben Tage und nur einmal.`,
      text`Wenn du nicht weißt, worum es geht, ignoriere diese E-Mail. Du wirst dann nicht hinzugefügt.`,
    ],
  },
});
