import type { PersonalData } from '../../core/personal-data.ts';
import type { Users } from '../users/index.ts';
import type { OffboardingService } from './offboarding.service.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { MembershipRepository } from './membership.repository.ts';

interface PersonalDataServiceDeps {
  readonly offboarding: OffboardingService;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly users: Users;
}

/** Exports and erases the data that the module holds about a user. */
export class PersonalDataService implements PersonalData {
  constructor(private readonly deps: PersonalDataServiceDeps) {}

  async exportFor(userId: string) {
    const { members, invitations, users } = this.deps;
    const user = await users.findById(userId);
    // Show invitations only if the address is verified, because anyone can register with the address of someone else.
    const isVerified = user?.emailVerified === true;
    return {
      memberships: members.readAllOf(userId),
      invitations: isVerified ? invitations.readAllTo(user.email) : [],
    };
  }

  /** Removes the user from all organizations. Call it in the transaction of the erasure, before the account is cleared. */
  async eraseFor(userId: string): Promise<void> {
    const { offboarding, invitations, users } = this.deps;
    await offboarding.leaveAll(userId);
    const user = await users.findById(userId);
    await invitations.removeAllTo(user?.email ?? '');
  }
}
