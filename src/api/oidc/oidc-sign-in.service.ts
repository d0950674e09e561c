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
import type { ProvenIdentity } from './proven-identity.ts';

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

/** A browser that is back from a provider. */
export interface CallbackRequest {
  readonly provider: string;
  readonly answer: ProviderResponse;
  /** What its cookie says. */
  readonly browserId: string | undefined;
  readonly device: Device;
}

/** What came of it: someone let in (or asked for a second factor), or a link. */
export type Outcome = { readonly admission: Admission } | { readonly linkedProvider: string };

const isEmailTaken = (error: unknown): boolean =>
  error instanceof AppError && error.code === userErrors.emailTaken.code;

/** Signing in by what a provider says of someone. */
export class OidcSignInService {
  constructor(private readonly deps: OidcSignInServiceDeps) {}

  /** Throws as `FlowService.begin`. */
  begin(provider: string): Promise<StartedFlow> {
    return this.deps.flows.begin(provider, null);
  }

  /** Throws `OIDC_SIGN_IN_FAILED` for every failure alike, except those that the person can do something about. */
  async finish(back: CallbackRequest): Promise<Outcome> {
    const { flows, links, audit, logger } = this.deps;
    const { provider, answer, browserId, device } = back;
    try {
      const { identity, linker } = await flows.finish(provider, answer, browserId);
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

  async #admit(identity: ProvenIdentity, provider: string, device: Device): Promise<Admission> {
    const { identities } = this.deps;
    const ownerId = await identities.findOwner(identity);
    if (ownerId !== null) return this.#signIn(ownerId, identity, device);
    try {
      return await this.#createAccount(identity, provider, device);
    } catch (error) {
      if (!isEmailTaken(error)) throw error;
      // By someone else, or a moment ago by this very person in another tab.
      const quickerId = await identities.findOwner(identity);
      if (quickerId === null) throw oidcErrors.linkRequired();
      return this.#signIn(quickerId, identity, device);
    }
  }

  async #signIn(userId: string, identity: ProvenIdentity, device: Device): Promise<Admission> {
    const { users, auth, identities, transaction } = this.deps;
    const user = await users.findById(userId);
    if (user?.status !== 'active') throw new OidcFailure('account_inactive');
    await users.rememberLanguage(user);
    return transaction(async () => {
      // Held first, as erasing does: two that hold these in another order would wait for each other.
      const isHeld = await users.lockActiveAtVersion(user.id, user.tokenVersion);
      if (!isHeld || !(await identities.touch(identity, user.id))) throw new OidcFailure('account_changed');
      return auth.admit(user, device, 'oidc');
    });
  }

  /** Makes an account that only this identity opens; throws `AUTH_EMAIL_TAKEN`, or `OIDC_EMAIL_UNVERIFIED`. */
  async #createAccount(identity: ProvenIdentity, provider: string, device: Device): Promise<Admission> {
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
