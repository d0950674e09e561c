import type { AccountHooks } from '../../core/account-hooks.ts';
import type { LinkService } from './link.service.ts';

/**
 * At the first verification of the address, unlinks all identities and cancels pending links. At a password reset,
 * only lists the linked providers in the notification.
 */
export const accountHooks = (links: LinkService): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const providers = (await links.unlinkAll(userId)).join(', ');
    if (providers === '') return [];
    return [
      {
        en: `Sign-in providers unlinked: ${providers}.`,
        de: `Nicht mehr verbundene Anbieter: ${providers}.`,
      },
    ];
  },
  onPasswordReset: async (userId) => {
    const providers = (await links.list(userId)).map(({ provider }) => provider).join(', ');
    if (providers === '') return [];
    return [
      {
        en: `Sign-in providers that are still linked: ${providers}.`,
        de: `Weiterhin verbundene Anbieter: ${providers}.`,
      },
    ];
  },
});
