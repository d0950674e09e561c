import { publicName, text } from '../mail/index.ts';
import type { en } from './organization.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diese Organisation gibt es nicht.',
    memberNotFound: 'Dieses Mitglied gibt es in der Organisation nicht.',
    invitationNotFound: 'Diese Einladung gibt es nicht, oder sie ist nicht mehr offen.',
    roleTooLow: 'Die eigene Rolle in der Organisation erlaubt das nicht.',
    invitationNotYours:
      'Die Einladung ging an eine andere Adresse, oder die eigene ist noch nicht bestätigt.',
    keyOfAnother: 'Der Schlüssel gehört zu einem anderen Konto. Bitte widerrufen und einen eigenen anlegen.',
    invitationInvalid: 'Die Einladung ist ungültig oder abgelaufen. Bitte um eine neue bitten.',
    tooMany: 'Die Grenze von 20 eigenen Organisationen ist erreicht.',
    lastOwner: 'Das ist der letzte Eigentümer. Bitte erst einen weiteren ernennen.',
    alreadyMember: 'Zu dieser E-Mail-Adresse gibt es schon ein Mitglied.',
    tooManyInvitations: 'Das waren zu viele Einladungen. Bitte in einer Stunde noch einmal versuchen.',
  },
  notices: {
    left: (count) => `Verlassene Organisationen: ${count}.`,
    stillMember: (count) => `Organisationen, deren Mitglied du weiterhin bist: ${count}.`,
  },
  mails: {
    invitation: {
      subject: ({ organization }) => text`Einladung zu ${publicName(organization)}`,
      body: ({ organization, inviter, link }) => [
        text`du bist eingeladen, bei „${publicName(organization)}“ mitzumachen.`,
        text`Eingeladen von: ${inviter}`,
        { label: text`Einladung annehmen`, url: link },
        text`Melde dich mit dieser E-Mail-Adresse an, oder registriere dich zuerst mit ihr. Der Link gilt sieben Tage und nur einmal.`,
        text`Wenn du nicht weißt, worum es geht, ignoriere diese E-Mail. Du wirst dann nicht hinzugefügt.`,
      ],
    },
  },
};
