import type { AccountHooks } from '../../core/account-hooks.ts';
import type { LinkService } from './link.service.ts';

/** Unlinks identities from before the mailbox was proven, and ends flows that would link one; names them at a reset. */
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
        en: `Sign-in providers that still open the account: ${providers}.`,
        de: `Anbieter, die das Konto weiterhin öffnen: ${providers}.`,
      },
    ];
  },
});
