import type { PersonalData } from '../../core/personal-data.ts';
import type { Users } from '../users/index.ts';
import type { DepartureService } from './departure.service.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { MembershipRepository } from './membership.repository.ts';

interface PersonalDataServiceDeps {
  readonly departures: DepartureService;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly users: Users;
}

/** What organizations hold about a person, and what becomes of them without that person. */
export class PersonalDataService implements PersonalData {
  constructor(private readonly deps: PersonalDataServiceDeps) {}

  async exportFor(userId: string) {
    const { members, invitations, users } = this.deps;
    const user = await users.findById(userId);
    // Anyone can register with an address that is not theirs: what went to it is told once it is verified.
    const isTold = user?.emailVerified === true;
    return {
      memberships: members.readAllOf(userId),
      invitations: isTold ? invitations.readAllTo(user.email) : [],
    };
  }

  /** Needs the transaction that erases the person, before the account is emptied. */
  async eraseFor(userId: string): Promise<void> {
    const { departures, invitations, users } = this.deps;
    await departures.leaveAll(userId);
    const user = await users.findById(userId);
    await invitations.removeAllTo(user?.email ?? '');
  }
}
