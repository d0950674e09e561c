import type { AccountHooks } from '../../core/account-hooks.ts';
import type { Users } from '../users/index.ts';
import type { Links } from './links.ts';
import type { SignInService } from './sign-in.service.ts';

/** Revokes the link that changes the address and lifts a lockout when the email is verified. */
export const accountHooks = (users: Users, links: Links, signIns: SignInService): AccountHooks => ({
  // Keeps the sessions, because the password is unchanged. Keeps the links that were sent to the verified mailbox
  // itself.
  onEmailVerified: async (userId) => {
    await links.revokeFor(userId, 'change-email');
    const user = await users.findById(userId);
    if (user !== null) await signIns.unlock(user);
    return [];
  },
});
