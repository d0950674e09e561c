import type { AccountHooks } from '../../core/account-hooks.ts';
import type { LinkService } from './link.service.ts';
import { oidcMessages } from './oidc.messages.ts';

/**
 * At the first verification of the address, unlinks all identities and cancels pending links. At a password reset,
 * keeps the links and only lists the linked providers in the notification.
 */
export const accountHooks = (links: LinkService): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const providers = (await links.unlinkAll(userId)).join(', ');
    if (providers === '') return [];
    return [oidcMessages.notices.unlinked(providers)];
  },
  onPasswordReset: async (userId) => {
    const providers = (await links.list(userId)).map(({ provider }) => provider).join(', ');
    if (providers === '') return [];
    return [oidcMessages.notices.stillLinked(providers)];
  },
});
