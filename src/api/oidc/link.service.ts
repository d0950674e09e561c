import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { User, Users } from '../users/index.ts';
import type { StartedFlow, FlowService, Linker } from './flow.service.ts';
import { oidcErrors } from './oidc.errors.ts';
import { oidcMessages } from './oidc.messages.ts';
import { OidcFailure } from './oidc-failure.ts';
import type { OidcIdentity } from './oidc-identity.model.ts';
import type { OidcIdentityRepository } from './oidc-identity.repository.ts';
import type { VerifiedIdentity } from './verified-identity.ts';

interface LinkServiceDeps {
  readonly flows: FlowService;
  readonly identities: OidcIdentityRepository;
  /** The names of the configured providers. */
  readonly providerNames: ReadonlySet<string>;
  readonly users: Users;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly transaction: Transaction;
}

/**
 * Links and unlinks identities. Only a signed-in user can link an identity, because an equal e-mail address does not
 * prove that both belong to the same person.
 */
export class LinkService {
  constructor(private readonly deps: LinkServiceDeps) {}

  list(userId: string): Promise<OidcIdentity[]> {
    return this.deps.identities.listFor(userId);
  }

  /** Starts a flow that links an identity to this user. Throws the same errors as `FlowService.begin`. */
  begin({ userId, tokenVersion }: Linker, provider: string): Promise<StartedFlow> {
    return this.deps.flows.begin(provider, { userId, tokenVersion });
  }

  /**
   * Links an identity to the user who started the flow. Throws an OidcFailure if the user's access has been revoked
   * since, `OIDC_EMAIL_UNVERIFIED`, or `OIDC_IDENTITY_TAKEN`.
   */
  async link({ userId, tokenVersion }: Linker, identity: VerifiedIdentity, provider: string): Promise<void> {
    const { identities, audit, mails, transaction } = this.deps;
    if (identity.email === null) throw oidcErrors.emailUnverified();
    const { issuer, subject } = identity;
    await transaction(async () => {
      const user = await this.#lockUser(userId, tokenVersion);
      if ((await identities.findOwner(identity)) === userId) return;
      await identities.insert({ issuer, subject, userId, provider });
      await audit.record({
        type: 'oidc.linked',
        subjectId: userId,
        actorId: userId,
        details: { provider },
      });
      await mails.send(user, oidcMessages.mails.identityLinked, { provider });
    });
  }

  /** Unlinks a provider. Throws `OIDC_LINK_NOT_FOUND`, or `OIDC_LAST_WAY_IN` if the user could no longer sign in. */
  async unlink(userId: string, provider: string): Promise<void> {
    const { users, identities, providerNames, audit, mails, transaction } = this.deps;
    await transaction(async () => {
      const linked = await identities.lockFor(userId);
      const user = await users.findById(userId);
      if (user === null || !linked.some((identity) => identity.provider === provider))
        throw oidcErrors.linkNotFound();
      const hasOther = linked.some(
        (identity) => identity.provider !== provider && providerNames.has(identity.provider),
      );
      if (user.passwordHash === null && !hasOther) throw oidcErrors.lastWayIn();
      await identities.deleteOf(userId, provider);
      await audit.record({ type: 'oidc.unlinked', subjectId: userId, details: { provider } });
      await mails.send(user, oidcMessages.mails.identityUnlinked, { provider });
    });
  }

  /**
   * Unlinks all identities of a user and cancels pending links, in the open transaction. Returns the unlinked
   * providers.
   */
  async unlinkAll(userId: string): Promise<string[]> {
    const { flows, identities, audit } = this.deps;
    const linked = await identities.listFor(userId);
    await identities.deleteAllOf(userId);
    await flows.cancelAllOf(userId);
    for (const { provider } of linked)
      await audit.record({ type: 'oidc.unlinked', subjectId: userId, details: { provider } });
    return linked.map(({ provider }) => provider);
  }

  async #lockUser(userId: string, tokenVersion: number): Promise<User> {
    const { users } = this.deps;
    const user = (await users.lockActiveAtVersion(userId, tokenVersion))
      ? await users.findById(userId)
      : null;
    if (user === null) throw new OidcFailure('account_changed');
    return user;
  }
}
