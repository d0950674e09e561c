import type { en } from './middleware.messages.en.ts';

export const de: typeof en = {
  errors: {
    crossSite:
      'Diese Anfrage kam von einer anderen Seite. Außerhalb eines Browsers bitte den Header X-Requested-With senden.',
  },
};
