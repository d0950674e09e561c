import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Mails } from '../mail/index.ts';
import type { User, Users } from '../users/index.ts';
import type { StartedFlow, FlowService, Linker } from './flow.service.ts';
import { oidcErrors } from './oidc.errors.ts';
import { identityLinkedMail, identityUnlinkedMail } from './oidc.mails.ts';
import { OidcFailure } from './oidc-failure.ts';
import type { OidcIdentity } from './oidc-identity.model.ts';
import type { OidcIdentityRepository } from './oidc-identity.repository.ts';
import type { ProvenIdentity } from './proven-identity.ts';

interface LinkServiceDeps {
  readonly flows: FlowService;
  readonly identities: OidcIdentityRepository;
  /** The names of the providers that one can sign in with now. */
  readonly providerNames: ReadonlySet<string>;
  readonly users: Users;
  readonly audit: Audit;
  readonly mails: Mails;
  readonly transaction: Transaction;
}

/** Which identities let someone in; linked only by who is signed in, never by an equal address alone. */
export class LinkService {
  constructor(private readonly deps: LinkServiceDeps) {}

  list(userId: string): Promise<OidcIdentity[]> {
    return this.deps.identities.listFor(userId);
  }

  /** Sends a user to a provider, to come back with the identity to link; errors as `FlowService.begin`. */
  begin({ userId, tokenVersion }: Linker, provider: string): Promise<StartedFlow> {
    return this.deps.flows.begin(provider, { userId, tokenVersion });
  }

  /**
   * Links an identity to who asked for it, if nothing has ended their access since. Throws an OidcFailure,
   * `OIDC_EMAIL_UNVERIFIED`, or `OIDC_IDENTITY_TAKEN`.
   */
  async link({ userId, tokenVersion }: Linker, identity: ProvenIdentity, provider: string): Promise<void> {
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
      await mails.send(user, identityLinkedMail, { provider });
    });
  }

  /** Throws `OIDC_LINK_NOT_FOUND`, or `OIDC_LAST_WAY_IN` when nothing else would let the user in. */
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
      await mails.send(user, identityUnlinkedMail, { provider });
    });
  }

  /** Unlinks every identity of a user in the open transaction, and ends what would link another; returns the providers. */
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
