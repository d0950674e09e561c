import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { oidcErrors } from './oidc.errors.ts';
import type { OidcFlowRepository, ConsumedFlow } from './oidc-flow.repository.ts';
import { OidcFailure } from './oidc-failure.ts';
import type { OidcProvider, ProviderResponse } from './oidc-provider.ts';
import type { VerifiedIdentity } from './verified-identity.ts';

interface FlowServiceDeps {
  readonly flows: OidcFlowRepository;
  readonly providers: ReadonlyMap<string, OidcProvider>;
}

/** A user who links an identity, with the token version at the start of the flow. */
export interface Linker {
  readonly userId: string;
  readonly tokenVersion: number;
}

/** A started flow: the URL to send the browser to, and the value of the cookie with which the browser must return. */
export interface StartedFlow {
  readonly url: string;
  readonly browserId: string;
  /** True if the provider sends the browser back with a form POST (`response_mode=form_post`). */
  readonly returnsByForm: boolean;
}

/** A verified identity. If `linker` is set, the identity is linked to this user instead of signed in. */
export interface FinishedFlow {
  readonly identity: VerifiedIdentity;
  readonly linker: Linker | null;
}

const random = (): string => randomBytes(32).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const hashOf = (text: string): string => digest(text).toString('base64url');

const isBrowserOf = ({ browserHash }: ConsumedFlow, browserId: string | undefined): boolean =>
  timingSafeEqual(digest(browserHash), digest(hashOf(browserId ?? '')));

/** Starts and finishes authorization flows. Each flow can be finished once, within ten minutes, by the same browser. */
export class FlowService {
  constructor(private readonly deps: FlowServiceDeps) {}

  /**
   * Starts a flow. Throws `OIDC_PROVIDER_NOT_FOUND`, `OIDC_PROVIDER_UNAVAILABLE` or `OIDC_PROVIDER_MISCONFIGURED`.
   */
  async begin(provider: string, linker: Linker | null): Promise<StartedFlow> {
    const [state, nonce, codeVerifier, browserId] = [random(), random(), random(), random()];
    const found = this.#providerOf(provider);
    const url = await found.authorizationUrl({ state, nonce, codeVerifier });
    await this.deps.flows.insert({
      stateHash: hashOf(state),
      provider,
      nonce,
      codeVerifier,
      browserHash: hashOf(browserId),
      linkUserId: linker?.userId ?? null,
      linkTokenVersion: linker?.tokenVersion ?? null,
    });
    return { url, browserId, returnsByForm: found.returnsByForm };
  }

  /**
   * Finishes a flow and returns the verified identity. Throws an OidcFailure if the flow is not a successful flow of this
   * browser, and the same errors as `begin`.
   */
  async finish(
    provider: string,
    response: ProviderResponse,
    browserId: string | undefined,
  ): Promise<FinishedFlow> {
    const found = this.#providerOf(provider);
    const { state = '' } = response;
    const flow = await this.deps.flows.consume(hashOf(state));
    if (flow === null) throw new OidcFailure('unknown_state');
    if (!isBrowserOf(flow, browserId)) throw new OidcFailure('other_browser');
    if (flow.provider !== provider) throw new OidcFailure('other_provider');
    if (!flow.isInTime) throw new OidcFailure('expired');
    const { nonce, codeVerifier, linkUserId: userId, linkTokenVersion: tokenVersion } = flow;
    const identity = await found.identify(response, { state, nonce, codeVerifier });
    return { identity, linker: userId === null || tokenVersion === null ? null : { userId, tokenVersion } };
  }

  /** Deletes the flows that would link an identity to this user. */
  cancelAllOf(userId: string): Promise<void> {
    return this.deps.flows.deleteAllOf(userId);
  }

  #providerOf(name: string): OidcProvider {
    const provider = this.deps.providers.get(name);
    if (provider === undefined) throw oidcErrors.providerNotFound();
    return provider;
  }
}
