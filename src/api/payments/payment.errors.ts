import { defineErrors } from '../../core/errors.ts';

export const paymentErrors = defineErrors({
  notFound: [
    'not_found',
    'PAYMENTS_NOT_FOUND',
    'There is no such payment.',
    { de: 'Diese Zahlung gibt es nicht.' },
  ],
  off: [
    'not_found',
    'PAYMENTS_OFF',
    'Payments are disabled: no payment provider is configured.',
    { de: 'Zahlungen sind ausgeschaltet: Es ist kein Zahlungsanbieter eingerichtet.' },
  ],
  signatureRefused: [
    'unauthenticated',
    'PAYMENTS_SIGNATURE_REFUSED',
    'The signature is invalid or older than five minutes. Check the webhook secret and the clock.',
    { de: 'Die Signatur ist ungültig oder älter als fünf Minuten. Bitte Webhook-Secret und Uhrzeit prüfen.' },
  ],
});
