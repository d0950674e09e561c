import type { AccountHooks } from '../../core/account-hooks.ts';
import type { Texts } from '../../core/languages.ts';
import type { ApiKeyService } from './api-key.service.ts';

/** Revokes every key that speaks for the account, also after a reset: anyone with the old password could have made one. */
export function accountHooks(apiKeys: ApiKeyService): AccountHooks {
  const revokeAll = async (userId: string): Promise<readonly Texts[]> => {
    const count = await apiKeys.revokeAllOf(userId);
    if (count === 0) return [];
    return [{ en: `API keys revoked: ${count}.`, de: `Widerrufene API-Schlüssel: ${count}.` }];
  };
  return { onEmailVerified: revokeAll, onPasswordReset: revokeAll };
}
