import * as openid from 'openid-client';
import type { Clock } from '../../core/ports.ts';
import type { ProviderSettings } from './oidc.settings.ts';
import { OidcFailure } from './oidc-failure.ts';
import { lacksEmail, lacksName, toIdentity, type Claims, type ProvenIdentity } from './proven-identity.ts';
import {
  discoveryError,
  exchangeError,
  Unreachable,
  userInfoError,
  type ProviderFacts,
} from './provider-errors.ts';

interface OidcProviderDeps {
  readonly settings: ProviderSettings;
  /** Where the provider leads back to; registered with it, and never taken from a request. */
  readonly redirectUri: string;
  /** For development and tests alone. */
  readonly mayUseHttp: boolean;
  readonly clock: Clock;
}

/** The secrets of one sign-in, kept here while the browser is away. */
export interface Handshake {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What the browser brings back (RFC 6749, section 4.1.2; `iss` is RFC 9207). */
export interface ProviderResponse {
  readonly state?: string;
  readonly code?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly iss?: string;
  /** Name and address as JSON, which Apple sends at the first sign-in only. The browser may have changed it. */
  readonly user?: string;
}

const timeoutSeconds = 3;
const rediscoverMs = 60 * 60_000;

// Read whole, so that a slow body counts like a slow answer. Redirects are refused by openid-client.
const reach: openid.CustomFetch = async (url, { body = null, ...options }) => {
  try {
    const response = await fetch(url, { ...options, body });
    const content = await response.arrayBuffer();
    if (response.status >= 500 || response.status === 429) throw new Error(`Status ${response.status}.`);
    return new Response(content.byteLength === 0 ? null : content, response);
  } catch (cause) {
    throw new Unreachable(`${new URL(url).origin} does not answer.`, { cause });
  }
};

/** Shows the client's secret as the provider says it wants it, and in a header where it says nothing. */
function showSecret(secret: string): openid.ClientAuth {
  const [inHeader, inBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const show = methods.includes('client_secret_basic') ? inHeader : inBody;
    show(server, client, body, headers);
  };
}

/** One provider, found by discovery (OpenID Connect Discovery 1.0) when it is first needed. */
export class OidcProvider {
  #found: { readonly configuration: Promise<openid.Configuration>; readonly untilMs: number } | undefined;

  constructor(private readonly deps: OidcProviderDeps) {}

  /** Whether the browser comes back with a form of the provider's page, so from another site. */
  get returnsByForm(): boolean {
    return this.deps.settings.responseMode === 'form_post';
  }

  /** Where to send the browser; throws `OIDC_PROVIDER_UNAVAILABLE`, or `OIDC_PROVIDER_MISCONFIGURED`. */
  async authorizationUrl({ state, nonce, codeVerifier }: Handshake): Promise<string> {
    const { settings, redirectUri } = this.deps;
    const configuration = await this.#configuration();
    if (configuration.serverMetadata().authorization_endpoint === undefined)
      throw discoveryError(new Error('there is no authorization_endpoint'), this.#facts);
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: settings.scopes,
      prompt: settings.prompt,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(this.returnsByForm && { response_mode: 'form_post' }),
    });
    return url.href;
  }

  /** Who came back; throws an OidcFailure, or as `authorizationUrl`. */
  async identify({ user, ...answer }: ProviderResponse, handshake: Handshake): Promise<ProvenIdentity> {
    const configuration = await this.#configuration();
    const { trustsEmail } = this.deps.settings;
    const { claims, accessToken } = await this.#exchange(configuration, answer, handshake);
    const isWhole = !lacksEmail(claims, trustsEmail) && !lacksName(claims);
    const userInfo = isWhole ? {} : await this.#fetchUserInfo(configuration, accessToken, claims);
    return toIdentity({ claims, userInfo, formUser: user, trustsEmail });
  }

  async #exchange(
    configuration: openid.Configuration,
    answer: Omit<ProviderResponse, 'user'>,
    { state, nonce, codeVerifier }: Handshake,
  ): Promise<{ claims: openid.IDToken; accessToken: string }> {
    const url = new URL(this.deps.redirectUri);
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new OidcFailure('answer_refused');
      return { claims, accessToken: tokens.access_token };
    } catch (error) {
      throw exchangeError(error, this.#facts);
    }
  }

  /** Providers may keep what the scopes ask for out of the id_token (OpenID Connect Core, section 5.4). */
  async #fetchUserInfo(
    configuration: openid.Configuration,
    accessToken: string,
    claims: openid.IDToken,
  ): Promise<Claims> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    try {
      return await openid.fetchUserInfo(configuration, accessToken, claims.sub);
    } catch (error) {
      // Nobody is turned away because of a name.
      if (!lacksEmail(claims, this.deps.settings.trustsEmail)) return {};
      throw userInfoError(error);
    }
  }

  get #facts(): ProviderFacts {
    const { name, issuer } = this.deps.settings;
    return { name, issuer, redirectUri: this.deps.redirectUri };
  }

  /** Discovered once an hour, and by one request for all who wait; a failure is forgotten at once. */
  #configuration(): Promise<openid.Configuration> {
    const nowMs = this.deps.clock.now().getTime();
    if (this.#found !== undefined && nowMs < this.#found.untilMs) return this.#found.configuration;
    const found = { configuration: this.#discover(), untilMs: nowMs + rediscoverMs };
    this.#found = found;
    found.configuration.catch(() => {
      if (this.#found === found) this.#found = undefined;
    });
    return found.configuration;
  }

  async #discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.deps.settings;
    try {
      return await openid.discovery(new URL(issuer), clientId, undefined, showSecret(clientSecret), {
        timeout: timeoutSeconds,
        [openid.customFetch]: reach,
        execute: [
          openid.enableNonRepudiationChecks,
          ...(this.deps.mayUseHttp ? [openid.allowInsecureRequests] : []),
        ],
      });
    } catch (error) {
      throw discoveryError(error, this.#facts);
    }
  }
}
