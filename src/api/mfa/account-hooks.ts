import type { AccountHooks } from '../../core/account-hooks.ts';
import type { MfaService } from './mfa.service.ts';

/** Removes a second factor from before the mailbox was proven; keeps it at a reset, which a stolen mailbox can do too. */
export const accountHooks = (mfa: MfaService): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const wasOn = await mfa.remove(userId, 'mailbox_proven');
    return wasOn ? [{ en: 'Second factor removed.', de: 'Der zweite Faktor wurde entfernt.' }] : [];
  },
  onPasswordReset: async (userId) => {
    const { totp } = await mfa.describe(userId);
    return totp
      ? [{ en: 'The second factor is still on.', de: 'Der zweite Faktor ist weiterhin eingeschaltet.' }]
      : [];
  },
});
