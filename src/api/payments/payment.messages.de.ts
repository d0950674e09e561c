import type { en } from './payment.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diese Zahlung gibt es nicht.',
    off: 'Zahlungen sind ausgeschaltet: Es ist kein Zahlungsanbieter eingerichtet.',
    signatureRefused:
      'Die Signatur ist ungültig oder älter als fünf Minuten. Bitte Webhook-Secret und Uhrzeit prüfen.',
  },
};
