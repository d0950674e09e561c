import type { en } from './operations.messages.en.ts';

export const de: typeof en = {
  errors: {
    noDeadEvent: 'Dieses unzustellbare Ereignis gibt es nicht.',
    noJob: 'Diesen Auftrag gibt es nicht.',
    noDeadJob: 'Nur ein gescheiterter Auftrag kann erneut versucht werden.',
  },
};
