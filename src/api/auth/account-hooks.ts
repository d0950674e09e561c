import type { AccountHooks } from '../../core/account-hooks.ts';
import type { Users } from '../users/index.ts';
import type { Links } from './links.ts';
import type { SignInService } from './sign-in.service.ts';

/** Revokes the link that changes the address and lifts a lockout when the email is verified. */
export const accountHooks = (users: Users, links: Links, signIns: SignInService): AccountHooks => ({
  // Sessions stay, because the password is unchanged. Links sent to the verified mailbox itself stay valid.
  onEmailVerified: async (userId) => {
    await links.revokeFor(userId, 'change-email');
    const user = await users.findById(userId);
    if (user !== null) await signIns.unlock(user);
    return [];
  },
});
