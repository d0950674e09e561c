import type { AccountHooks } from '../../core/account-hooks.ts';
import type { DepartureService } from './departure.service.ts';
import type { MembershipRepository } from './membership.repository.ts';

interface OrganizationHooksDeps {
  readonly departures: DepartureService;
  readonly members: MembershipRepository;
}

/** Takes the account out of organizations from before the mailbox was proven; counts its memberships at a reset. */
export const accountHooks = ({ departures, members }: OrganizationHooksDeps): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const count = await departures.leaveAll(userId);
    if (count === 0) return [];
    return [{ en: `Organizations left: ${count}.`, de: `Verlassene Organisationen: ${count}.` }];
  },
  onPasswordReset: async (userId) => {
    const count = await members.countOf(userId);
    if (count === 0) return [];
    return [
      {
        en: `Organizations that you are still a member of: ${count}.`,
        de: `Organisationen, deren Mitglied du weiterhin bist: ${count}.`,
      },
    ];
  },
});
