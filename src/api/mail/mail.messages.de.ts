import type { en } from './mail.messages.en.ts';

export const de: typeof en = {
  greeting: 'Hallo',
  closing: (appName) => `Diese E-Mail hat ${appName} automatisch verschickt. Bitte antworte nicht darauf.`,
};
