import type { PersonalData } from '../../core/personal-data.ts';
import type { OidcFlowRepository } from './oidc-flow.repository.ts';
import type { OidcIdentityRepository } from './oidc-identity.repository.ts';
import { toIdentityLinkView } from './oidc.view.ts';

/** Exports and erases the linked identities of a user. */
export class PersonalDataService implements PersonalData {
  constructor(
    private readonly identities: OidcIdentityRepository,
    private readonly flows: OidcFlowRepository,
  ) {}

  async exportFor(userId: string) {
    const identities = await this.identities.listFor(userId);
    return identities.map((identity) => ({
      ...toIdentityLinkView(identity),
      issuer: identity.issuer,
      subject: identity.subject,
    }));
  }

  async eraseFor(userId: string): Promise<void> {
    await this.identities.deleteAllOf(userId);
    await this.flows.deleteAllOf(userId);
  }
}
