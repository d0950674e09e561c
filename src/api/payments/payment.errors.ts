import { defineErrors } from '../../core/errors.ts';
import { paymentMessages } from './payment.messages.ts';

export const paymentErrors = defineErrors(paymentMessages.errors, {
  notFound: ['not_found', 'PAYMENTS_NOT_FOUND'],
  off: ['not_found', 'PAYMENTS_OFF'],
  signatureRefused: ['unauthenticated', 'PAYMENTS_SIGNATURE_REFUSED'],
});
