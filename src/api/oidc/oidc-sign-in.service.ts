import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Admission, Auth, Device } from '../auth/index.ts';
import { userErrors, type User, type Users } from '../users/index.ts';
import type { StartedFlow, FlowService } from './flow.service.ts';
import type { LinkService } from './link.service.ts';
import { oidcErrors } from './oidc.errors.ts';
import { OidcFailure } from './oidc-failure.ts';
import type { OidcIdentityRepository } from './oidc-identity.repository.ts';
import type { ProviderResponse } from './oidc-provider.ts';
import type { VerifiedIdentity } from './verified-identity.ts';

interface OidcSignInServiceDeps {
  readonly flows: FlowService;
  readonly links: LinkService;
  readonly identities: OidcIdentityRepository;
  readonly users: Users;
  readonly auth: Pick<Auth, 'admit'>;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly logger: Logger;
}

/** The request with which a browser returns from a provider. */
export interface CallbackRequest {
  readonly provider: string;
  readonly response: ProviderResponse;
  /** The value of the flow cookie. */
  readonly browserId: string | undefined;
  readonly device: Device;
}

/** The result of a callback: a sign-in (or a request for the second factor), or a linked identity. */
export type Outcome = { readonly admission: Admission } | { readonly linkedProvider: string };

const isEmailTaken = (error: unknown): boolean =>
  error instanceof AppError && error.code === userErrors.emailTaken.code;

/** Signs users in with a provider, and creates accounts for new identities. */
export class OidcSignInService {
  constructor(private readonly deps: OidcSignInServiceDeps) {}

  /** Starts a sign-in. Throws the same errors as `FlowService.begin`. */
  begin(provider: string): Promise<StartedFlow> {
    return this.deps.flows.begin(provider, null);
  }

  /** Finishes a flow. Throws `OIDC_SIGN_IN_FAILED` for every failure, except those that the user can fix. */
  async finish(callback: CallbackRequest): Promise<Outcome> {
    const { flows, links, audit, logger } = this.deps;
    const { provider, response, browserId, device } = callback;
    try {
      const { identity, linker } = await flows.finish(provider, response, browserId);
      if (linker === null) return { admission: await this.#admit(identity, provider, device) };
      await links.link(linker, identity, provider);
      return { linkedProvider: provider };
    } catch (error) {
      if (!(error instanceof OidcFailure)) throw error;
      const { reason } = error;
      logger.warn('A sign-in with a provider failed.', { event: 'oidc.sign_in_failed', provider, error });
      await audit.record({
        type: 'oidc.sign_in_failed',
        subjectId: null,
        actorId: null,
        details: { provider, reason },
      });
      throw oidcErrors.signInFailed([], { cause: error });
    }
  }

  async #admit(identity: VerifiedIdentity, provider: string, device: Device): Promise<Admission> {
    const { identities } = this.deps;
    const ownerId = await identities.findOwner(identity);
    if (ownerId !== null) return this.#signIn(ownerId, identity, device);
    try {
      return await this.#createAccount(identity, provider, device);
    } catch (error) {
      if (!isEmailTaken(error)) throw error;
      // Look for an owner again. The address belongs to another account, or the same user has just signed in in another
      // tab.
      const concurrentOwnerId = await identities.findOwner(identity);
      if (concurrentOwnerId === null) throw oidcErrors.linkRequired();
      return this.#signIn(concurrentOwnerId, identity, device);
    }
  }

  async #signIn(userId: string, identity: VerifiedIdentity, device: Device): Promise<Admission> {
    const { users, auth, identities, transaction } = this.deps;
    const user = await users.findById(userId);
    if (user?.status !== 'active') throw new OidcFailure('account_inactive');
    await users.rememberLanguage(user);
    return transaction(async () => {
      // Lock the user first, in the same order as an erasure, to avoid a deadlock.
      const isLocked = await users.lockActiveAtVersion(user.id, user.tokenVersion);
      if (!isLocked || !(await identities.touch(identity, user.id))) throw new OidcFailure('account_changed');
      return auth.admit(user, device, 'oidc');
    });
  }

  /** Creates an account without a password for this identity. Throws `AUTH_EMAIL_TAKEN` or `OIDC_EMAIL_UNVERIFIED`. */
  async #createAccount(identity: VerifiedIdentity, provider: string, device: Device): Promise<Admission> {
    const { users, auth, identities, audit, transaction } = this.deps;
    const { issuer, subject, email } = identity;
    if (email === null) throw oidcErrors.emailUnverified();
    const name = identity.name ?? email.slice(0, email.lastIndexOf('@'));
    const user: User = await users.prepare({
      email,
      password: null,
      name,
      roles: ['user'],
      emailVerified: true,
    });
    return transaction(async () => {
      await users.insert(user);
      await identities.insert({ issuer, subject, userId: user.id, provider });
      await audit.record({
        type: 'oidc.account_created',
        subjectId: user.id,
        actorId: user.id,
        details: { provider },
      });
      return auth.admit(user, device, 'oidc');
    });
  }
}
