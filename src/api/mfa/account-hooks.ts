import type { AccountHooks } from '../../core/account-hooks.ts';
import { mfaMessages } from './mfa.messages.ts';
import type { MfaService } from './mfa.service.ts';

/**
 * Removes a second factor that was set up before the address was verified. Keeps the second factor at a password reset,
 * because a thief of the mailbox can reset the password too.
 */
export const accountHooks = (mfa: MfaService): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const wasOn = await mfa.remove(userId, 'mailbox_proven');
    return wasOn ? [mfaMessages.notices.removed] : [];
  },
  onPasswordReset: async (userId) => {
    const { totp } = await mfa.describe(userId);
    return totp ? [mfaMessages.notices.stillOn] : [];
  },
});
