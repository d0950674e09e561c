import { defineErrors } from '../../core/errors.ts';

export const apiKeyErrors = defineErrors({
  notFound: [
    'not_found',
    'API_KEYS_NOT_FOUND',
    'There is no such API key.',
    { de: 'Diesen API-Schlüssel gibt es nicht.' },
  ],
  scopeNotHeld: [
    'forbidden',
    'API_KEYS_SCOPE_NOT_HELD',
    'A key can only have permissions that you have yourself; see details for those that you lack.',
    { de: 'Ein Schlüssel kann nur eigene Rechte haben; die fehlenden stehen in details.' },
  ],
  addressRefused: [
    'forbidden',
    'API_KEYS_ADDRESS_REFUSED',
    'This API key may not be used from your address.',
    { de: 'Dieser API-Schlüssel darf von dieser Adresse aus nicht benutzt werden.' },
  ],
  tooMany: [
    'conflict',
    'API_KEYS_TOO_MANY',
    'You have twenty API keys in all: revoke one first.',
    {
      de: 'Es gibt insgesamt schon zwanzig API-Schlüssel: bitte erst einen widerrufen.',
    },
  ],
  expired: [
    'conflict',
    'API_KEYS_EXPIRED',
    'This API key has expired: make a new one.',
    { de: 'Dieser API-Schlüssel ist abgelaufen: bitte einen neuen anlegen.' },
  ],
});
