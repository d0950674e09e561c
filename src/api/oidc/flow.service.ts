import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { oidcErrors } from './oidc.errors.ts';
import type { OidcFlowRepository, ConsumedFlow } from './oidc-flow.repository.ts';
import { OidcFailure } from './oidc-failure.ts';
import type { OidcProvider, ProviderResponse } from './oidc-provider.ts';
import type { ProvenIdentity } from './proven-identity.ts';

interface FlowServiceDeps {
  readonly flows: OidcFlowRepository;
  readonly providers: ReadonlyMap<string, OidcProvider>;
}

/** Who wants to link an identity, and the version of their access. */
export interface Linker {
  readonly userId: string;
  readonly tokenVersion: number;
}

/** Where the browser goes, and what its cookie must say when it is back. */
export interface StartedFlow {
  readonly url: string;
  readonly browserId: string;
  /** Whether the browser comes back with a form that the provider's page posts. */
  readonly returnsByForm: boolean;
}

/** Who came back; with `linker` not to sign in, but to be linked. */
export interface FinishedFlow {
  readonly identity: ProvenIdentity;
  readonly linker: Linker | null;
}

const random = (): string => randomBytes(32).toString('base64url');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const hashOf = (text: string): string => digest(text).toString('base64url');

const isBrowserOf = ({ browserHash }: ConsumedFlow, browserId: string | undefined): boolean =>
  timingSafeEqual(digest(browserHash), digest(hashOf(browserId ?? '')));

/** The way to a provider and back: each is gone once, within ten minutes, by one browser. */
export class FlowService {
  constructor(private readonly deps: FlowServiceDeps) {}

  /** Throws `OIDC_PROVIDER_NOT_FOUND`, `OIDC_PROVIDER_UNAVAILABLE` or `OIDC_PROVIDER_MISCONFIGURED`. */
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

  /** Throws an OidcFailure for whatever is not a flow of this browser that went well; else as `begin`. */
  async finish(
    provider: string,
    answer: ProviderResponse,
    browserId: string | undefined,
  ): Promise<FinishedFlow> {
    const found = this.#providerOf(provider);
    const { state = '' } = answer;
    const flow = await this.deps.flows.consume(hashOf(state));
    if (flow === null) throw new OidcFailure('unknown_state');
    if (!isBrowserOf(flow, browserId)) throw new OidcFailure('other_browser');
    if (flow.provider !== provider) throw new OidcFailure('other_provider');
    if (!flow.isInTime) throw new OidcFailure('expired');
    const { nonce, codeVerifier, linkUserId: userId, linkTokenVersion: tokenVersion } = flow;
    const identity = await found.identify(answer, { state, nonce, codeVerifier });
    return { identity, linker: userId === null || tokenVersion === null ? null : { userId, tokenVersion } };
  }

  /** Ends the flows that would link an identity to this user. */
  cancelAllOf(userId: string): Promise<void> {
    return this.deps.flows.deleteAllOf(userId);
  }

  #providerOf(name: string): OidcProvider {
    const provider = this.deps.providers.get(name);
    if (provider === undefined) throw oidcErrors.providerNotFound();
    return provider;
  }
}
