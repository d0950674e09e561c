import type { ApiKey } from './api-key.model.ts';
import type { ApiKeyView, NewApiKeyView } from './api-key.validation.ts';

/** Returns the public fields of a key, without its secret. */
export const toApiKeyView = (apiKey: ApiKey): ApiKeyView => ({
  id: apiKey.id,
  prefix: apiKey.prefix,
  name: apiKey.name,
  scopes: apiKey.scopes,
  allowedAddresses: apiKey.allowedAddresses,
  quotaPerMinute: apiKey.quotaPerMinute,
  quotaPerDay: apiKey.quotaPerDay,
  expiresAt: apiKey.expiresAt.toISOString(),
  lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
  lastUsedIp: apiKey.lastUsedIp,
  createdAt: apiKey.createdAt.toISOString(),
  rotatedUntil: apiKey.previousExpiresAt?.toISOString() ?? null,
  version: apiKey.version,
});

/** Returns a new or rotated key, with its full text. */
export const toNewApiKeyView = ({ apiKey, key }: { apiKey: ApiKey; key: string }): NewApiKeyView => ({
  ...toApiKeyView(apiKey),
  key,
});
