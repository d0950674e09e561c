import * as openid from 'openid-client';
import type { Clock } from '../../core/ports.ts';
import { oidcErrors } from './oidc.errors.ts';
import type { ProviderSettings } from './oidc.settings.ts';
import { OidcFailure } from './oidc-failure.ts';
import { toIdentity, type ProvenIdentity } from './proven-identity.ts';

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
export interface ProviderAnswer {
  readonly state?: string;
  readonly code?: string;
  readonly error?: string;
  readonly iss?: string;
}

const timeoutSeconds = 3;
const rediscoverMs = 60 * 60_000;

/** Nobody there, nobody in time, or somebody in trouble. */
class Unreachable extends Error {}

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

const isUnreachable = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Error && isUnreachable(error.cause));

/** Shows the client's secret as the provider says it wants it, and in a header where it says nothing. */
function showSecret(secret: string): openid.ClientAuth {
  const [inHeader, inBody] = [openid.ClientSecretBasic(secret), openid.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const show = methods.includes('client_secret_basic') ? inHeader : inBody;
    show(server, client, body, headers);
  };
}

/** What openid-client found wrong with an answer; undefined when it is a bug of ours. */
function failureOf(error: unknown): OidcFailure | undefined {
  if (error instanceof openid.AuthorizationResponseError) return new OidcFailure('provider_refused', error);
  if (error instanceof openid.ResponseBodyError) return new OidcFailure('code_refused', error);
  const isRefusal =
    error instanceof openid.ClientError || error instanceof openid.WWWAuthenticateChallengeError;
  return isRefusal ? new OidcFailure('answer_refused', error) : undefined;
}

/** One provider, found by discovery (OpenID Connect Discovery 1.0) when it is first needed. */
export class OidcProvider {
  #found: { readonly configuration: Promise<openid.Configuration>; readonly untilMs: number } | undefined;

  constructor(private readonly deps: OidcProviderDeps) {}

  /** Where to send the browser; throws `OIDC_PROVIDER_UNAVAILABLE`. */
  async authorizationUrl({ state, nonce, codeVerifier }: Handshake): Promise<string> {
    const { settings, redirectUri } = this.deps;
    const url = openid.buildAuthorizationUrl(await this.#configuration(), {
      redirect_uri: redirectUri,
      scope: settings.scopes,
      prompt: settings.prompt,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /** Who came back; throws an OidcFailure, or `OIDC_PROVIDER_UNAVAILABLE`. */
  async identify(answer: ProviderAnswer, { state, nonce, codeVerifier }: Handshake): Promise<ProvenIdentity> {
    const configuration = await this.#configuration();
    const url = new URL(this.deps.redirectUri);
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, String(value));
    try {
      const tokens = await openid.authorizationCodeGrant(configuration, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new OidcFailure('answer_refused');
      const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
      // Providers may keep what the scopes ask for out of the id_token (OpenID Connect Core, section 5.4).
      const about =
        claims['email'] === undefined && hasUserInfo
          ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims;
      return toIdentity(claims, about);
    } catch (error) {
      if (isUnreachable(error)) throw unavailable(error);
      throw failureOf(error) ?? error;
    }
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
      // Also what says something that no provider may say: until that is put right, nobody can sign in there.
      throw unavailable(error);
    }
  }
}

const unavailable = (cause: unknown): Error =>
  oidcErrors.providerUnavailable([], { headers: { 'Retry-After': '5' }, cause });
