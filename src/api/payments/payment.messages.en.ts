export const en = {
  errors: {
    notFound: 'There is no such payment.',
    off: 'Payments are disabled: no payment provider is configured.',
    signatureRefused:
      'The signature is invalid or older than five minutes. Check the webhook secret and the clock.',
  },
};
