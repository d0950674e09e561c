import type { en } from './price-report.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diesen Bericht gibt es nicht.',
  },
};
