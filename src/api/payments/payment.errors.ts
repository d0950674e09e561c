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
    'This service has no payment provider.',
    { de: 'Dieser Dienst hat keinen Zahlungsanbieter.' },
  ],
  signatureRefused: [
    'unauthenticated',
    'PAYMENTS_SIGNATURE_REFUSED',
    'The notice is not signed as it must be, or was signed too long ago.',
    { de: 'Die Nachricht ist nicht richtig signiert, oder die Signatur ist zu alt.' },
  ],
});
