import type { AccountHooks } from '../../core/account-hooks.ts';
import type { Texts } from '../../core/languages.ts';
import { apiKeyMessages } from './api-key.messages.ts';
import type { ApiKeyService } from './api-key.service.ts';

/**
 * Revokes all keys that act for the account. Also does so at a password reset, because a thief of the old password may
 * have created a key.
 */
export function accountHooks(apiKeys: ApiKeyService): AccountHooks {
  const revokeAll = async (userId: string): Promise<readonly Texts[]> => {
    const count = await apiKeys.revokeAllOf(userId);
    if (count === 0) return [];
    return [apiKeyMessages.notices.revoked(count)];
  };
  return { onEmailVerified: revokeAll, onPasswordReset: revokeAll };
}
