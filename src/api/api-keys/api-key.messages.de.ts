import type { en } from './api-key.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diesen API-Schlüssel gibt es nicht.',
    scopeNotHeld: 'Ein Schlüssel kann nur eigene Rechte haben. Die fehlenden stehen in details.',
    addressRefused: 'Dieser API-Schlüssel darf von dieser IP-Adresse aus nicht benutzt werden.',
    tooMany: 'Die Grenze von 20 API-Schlüsseln ist erreicht. Bitte erst einen widerrufen.',
    expired: 'Dieser API-Schlüssel ist abgelaufen. Bitte einen neuen anlegen.',
  },
  rules: {
    scope: 'muss der Name einer Berechtigung sein, etwa users:manage',
    address: 'muss eine IPv4- oder IPv6-Adresse sein oder ein Netz wie 203.0.113.0/24',
    expiresAt: 'muss ein Zeitpunkt in UTC sein, etwa 2026-01-31T09:30:00Z',
    expiryRange: 'muss in der Zukunft liegen, höchstens ein Jahr voraus',
  },
  notices: {
    revoked: (count) => `Widerrufene API-Schlüssel: ${count}.`,
  },
};
