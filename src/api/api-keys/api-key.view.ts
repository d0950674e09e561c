import type { ApiKey } from './api-key.model.ts';
import type { ApiKeyView, NewApiKeyView } from './api-key.validation.ts';

/** A key as whoever made it sees it again: without its secret. */
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

/** A key in the one answer that shows it whole. */
export const toNewApiKeyView = ({ apiKey, key }: { apiKey: ApiKey; key: string }): NewApiKeyView => ({
  ...toApiKeyView(apiKey),
  key,
});
