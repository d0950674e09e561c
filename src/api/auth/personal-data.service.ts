import type { PersonalData } from '../../core/personal-data.ts';
import { mapEach } from '../../utils/map-each.ts';
import { toSessionView } from './auth.view.ts';
import type { LinkRepository } from './link.repository.ts';
import type { SessionRepository } from './session.repository.ts';

/** Exports and erases the sessions and links of a user. */
export class PersonalDataService implements PersonalData {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly links: LinkRepository,
  ) {}

  async exportFor(userId: string): Promise<unknown> {
    return {
      sessions: mapEach(this.sessions.readAllOf(userId), (session) => toSessionView(session, null)),
      links: (await this.links.listFor(userId)).map(({ purpose, email, createdAt }) => ({
        purpose,
        email,
        createdAt: createdAt.toISOString(),
      })),
    };
  }

  eraseInBatches(userId: string): Promise<void> {
    return this.sessions.deleteEndedInBatches(userId);
  }

  async eraseFor(userId: string): Promise<void> {
    await this.sessions.deleteAllFor(userId);
    await this.links.deleteAllFor(userId);
  }
}
