import type { AccountHooks } from '../../core/account-hooks.ts';
import type { OffboardingService } from './offboarding.service.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { organizationMessages } from './organization.messages.ts';

interface OrganizationHooksDeps {
  readonly offboarding: OffboardingService;
  readonly members: MembershipRepository;
}

/**
 * At the first verification of the address, removes the account from all organizations. At a password reset, keeps the
 * memberships and only reports their number in the notification.
 */
export const accountHooks = ({ offboarding, members }: OrganizationHooksDeps): AccountHooks => ({
  onEmailVerified: async (userId) => {
    const count = await offboarding.leaveAll(userId);
    if (count === 0) return [];
    return [organizationMessages.notices.left(count)];
  },
  onPasswordReset: async (userId) => {
    const count = await members.countOf(userId);
    if (count === 0) return [];
    return [organizationMessages.notices.stillMember(count)];
  },
});
