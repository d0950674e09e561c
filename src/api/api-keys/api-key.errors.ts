import { defineErrors } from '../../core/errors.ts';

export const apiKeyErrors = defineErrors({
  notFound: [
    'not_found',
    'API_KEYS_NOT_FOUND',
    'The API key does not exist.',
    { de: 'Diesen API-Schlüssel gibt es nicht.' },
  ],
  scopeNotHeld: [
    'forbidden',
    'API_KEYS_SCOPE_NOT_HELD',
    'A key can only have permissions that you have. See details for the missing ones.',
    { de: 'Ein Schlüssel kann nur eigene Rechte haben. Die fehlenden stehen in details.' },
  ],
  addressRefused: [
    'forbidden',
    'API_KEYS_ADDRESS_REFUSED',
    'This API key cannot be used from your IP address.',
    { de: 'Dieser API-Schlüssel darf von dieser IP-Adresse aus nicht benutzt werden.' },
  ],
  tooMany: [
    'conflict',
    'API_KEYS_TOO_MANY',
    'You have reached the limit of 20 API keys. Revoke one first.',
    {
      de: 'Die Grenze von 20 API-Schlüsseln ist erreicht. Bitte erst einen widerrufen.',
    },
  ],
  expired: [
    'conflict',
    'API_KEYS_EXPIRED',
    'This API key has expired. Create a new one.',
    { de: 'Dieser API-Schlüssel ist abgelaufen. Bitte einen neuen anlegen.' },
  ],
});
