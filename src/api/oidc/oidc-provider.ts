import * as openid from 'openid-client';
import type { Clock } from '../../core/ports.ts';
import type { ProviderSettings } from './oidc.settings.ts';
import { OidcFailure } from './oidc-failure.ts';
import {
  lacksEmail,
  lacksName,
  toIdentity,
  type Claims,
  type VerifiedIdentity,
} from './verified-identity.ts';
import {
  discoveryError,
  exchangeError,
  Unreachable,
  userInfoError,
  type ProviderFacts,
} from './provider-errors.ts';

interface OidcProviderDeps {
  readonly settings: ProviderSettings;
  /** The redirect URI registered with the provider. It never comes from a request. */
  readonly redirectUri: string;
  /** Allows http issuers, for development and tests only. */
  readonly allowsHttp: boolean;
  readonly clock: Clock;
}

/** The secrets of one flow, stored while the browser is at the provider. */
export interface Handshake {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The callback parameters (RFC 6749, section 4.1.2; `iss` is RFC 9207). */
export interface ProviderResponse {
  readonly state?: string;
  readonly code?: string;
  readonly error?: string;
  readonly error_description?: string;
  readonly iss?: string;
  /**
   * Name and address as JSON. Apple sends the field only at the first sign-in. The field is unsigned, so the browser
   * may have changed it.
   */
  readonly user?: string;
}

const timeoutSeconds = 3;
const rediscoverMs = 60 * 60_000;

// Reads the whole body here, so that the timeout covers it. Does not check for redirects, because openid-client rejects
// them.
const fetchProvider: openid.CustomFetch = async (url, { body = null, ...options }) => {
  try {
    const response = await fetch(url, { ...options, body });
    const content = await response.arrayBuffer();
    if (response.status >= 500 || response.status === 429) throw new Error(`Status ${response.status}.`);
    return new Response(content.byteLength === 0 ? null : content, response);
  } catch (cause) {
    throw new Unreachable(`${new URL(url).origin} is unreachable.`, { cause });
  }
};

/** Authenticates the client with the method that the provider announces. The default is HTTP Basic. */
function clientAuthentication(secret: string): openid.ClientAuth {
  const [inHeader, inBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? inHeader : inBody;
    authenticate(server, client, body, headers);
  };
}

/** A provider, configured by discovery (OpenID Connect Discovery 1.0) when it is first needed. */
export class OidcProvider {
  #cached: { readonly configuration: Promise<openid.Configuration>; readonly untilMs: number } | undefined;

  constructor(private readonly deps: OidcProviderDeps) {}

  /**
   * True if the provider sends the browser back with a form POST (`response_mode=form_post`). This POST is cross-site, so
   * browsers send no Lax cookie with it.
   */
  get returnsByForm(): boolean {
    return this.deps.settings.responseMode === 'form_post';
  }

  /** Returns the URL to send the browser to. Throws `OIDC_PROVIDER_UNAVAILABLE` or `OIDC_PROVIDER_MISCONFIGURED`. */
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

  /** Exchanges the callback for the verified identity. Throws an OidcFailure, or the same errors as `authorizationUrl`. */
  async identify({ user, ...response }: ProviderResponse, handshake: Handshake): Promise<VerifiedIdentity> {
    const configuration = await this.#configuration();
    const { trustsEmail } = this.deps.settings;
    const { claims, accessToken } = await this.#exchange(configuration, response, handshake);
    const isComplete = !lacksEmail(claims, trustsEmail) && !lacksName(claims);
    const userInfo = isComplete ? {} : await this.#fetchUserInfo(configuration, accessToken, claims);
    return toIdentity({ claims, userInfo, formUser: user, trustsEmail });
  }

  async #exchange(
    configuration: openid.Configuration,
    response: Omit<ProviderResponse, 'user'>,
    { state, nonce, codeVerifier }: Handshake,
  ): Promise<{ claims: openid.IDToken; accessToken: string }> {
    const url = new URL(this.deps.redirectUri);
    for (const [name, value] of Object.entries(response)) url.searchParams.set(name, value);
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

  /** Fetches the claims that providers may omit from the id_token (OpenID Connect Core, section 5.4). */
  async #fetchUserInfo(
    configuration: openid.Configuration,
    accessToken: string,
    claims: openid.IDToken,
  ): Promise<Claims> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    try {
      return await openid.fetchUserInfo(configuration, accessToken, claims.sub);
    } catch (error) {
      // If only the name is missing, continue without it, because a sign-in does not need a name.
      if (!lacksEmail(claims, this.deps.settings.trustsEmail)) return {};
      throw userInfoError(error);
    }
  }

  get #facts(): ProviderFacts {
    const { name, issuer } = this.deps.settings;
    return { name, issuer, redirectUri: this.deps.redirectUri };
  }

  /**
   * Returns the discovered configuration. Concurrent callers share one request. A result is cached for an hour, a
   * failure is not.
   */
  #configuration(): Promise<openid.Configuration> {
    const nowMs = this.deps.clock.now().getTime();
    if (this.#cached !== undefined && nowMs < this.#cached.untilMs) return this.#cached.configuration;
    const found = { configuration: this.#discover(), untilMs: nowMs + rediscoverMs };
    this.#cached = found;
    found.configuration.catch(() => {
      if (this.#cached === found) this.#cached = undefined;
    });
    return found.configuration;
  }

  async #discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.deps.settings;
    try {
      return await openid.discovery(
        new URL(issuer),
        clientId,
        undefined,
        clientAuthentication(clientSecret),
        {
          timeout: timeoutSeconds,
          [openid.customFetch]: fetchProvider,
          execute: [
            openid.enableNonRepudiationChecks,
            ...(this.deps.allowsHttp ? [openid.allowInsecureRequests] : []),
          ],
        },
      );
    } catch (error) {
      throw discoveryError(error, this.#facts);
    }
  }
}
