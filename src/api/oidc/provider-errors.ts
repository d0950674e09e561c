import * as openid from 'openid-client';
import { oidcErrors } from './oidc.errors.ts';
import { OidcFailure } from './oidc-failure.ts';

/** The provider is down, too slow, or in trouble. */
export class Unreachable extends Error {}

/** A setting of a provider that has to change; its message names it. For the log. */
class Misconfiguration extends Error {
  override readonly name = 'Misconfiguration';
}

/** What the advice on a provider refers to. */
export interface ProviderFacts {
  readonly name: string;
  readonly issuer: string;
  readonly redirectUri: string;
}

const isUnreachable = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Error && isUnreachable(error.cause));

export const unavailable = (cause: unknown): Error =>
  oidcErrors.providerUnavailable([], { headers: { 'Retry-After': '5' }, cause });

const misconfigured = ({ name }: ProviderFacts, advice: string, cause: unknown): Error =>
  oidcErrors.providerMisconfigured([], {
    cause: new Misconfiguration(`OIDC_PROVIDERS, "${name}": ${advice}`, { cause }),
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const isMissing = (code: string): boolean => code === 'ENOTFOUND';
const isUntrusted = (code: string): boolean => /CERT|_SIGNATURE|ERR_TLS/.test(code);

/** Follows causes to a failure that no repetition mends: an unknown host, or a certificate that Node does not trust. */
function connectionAdvice(error: unknown, issuer: string): string | undefined {
  const code = codeOf(error);
  if (isMissing(code)) return `nobody knows the host of the issuer ${issuer}; correct "issuer".`;
  if (isUntrusted(code))
    return `the certificate of ${issuer} is not trusted (${code}); set NODE_EXTRA_CA_CERTS for an authority of your own.`;
  return error instanceof Error ? connectionAdvice(error.cause, issuer) : undefined;
}

/** Says why discovery failed: the status, or the issuer that the document names. */
function discoveryReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Response) return `status ${cause.status}`;
  if (typeof cause === 'object' && cause !== null && 'body' in cause) {
    const { body } = cause;
    const isNamed = typeof body === 'object' && body !== null && 'issuer' in body;
    if (isNamed) return `the document names the issuer ${String(body.issuer).slice(0, 300)}`;
  }
  return error.message;
}

/** Translates what discovery threw. */
export function discoveryError(error: unknown, provider: ProviderFacts): Error {
  const { issuer } = provider;
  const connection = connectionAdvice(error, issuer);
  if (connection !== undefined) return misconfigured(provider, connection, error);
  if (isUnreachable(error)) return unavailable(error);
  const advice =
    'correct "issuer": the document at <issuer>/.well-known/openid-configuration must exist and name the same issuer.';
  return misconfigured(
    provider,
    `discovery at ${issuer} failed, ${discoveryReason(error)}; ${advice}`,
    error,
  );
}

const clientAdvice = 'check "clientId" and "clientSecret", and whether the secret has expired.';
const flowAdvice = 'allow the authorization code flow for this client at the provider.';

/** What to change for an error code (RFC 6749, sections 4.1.2.1 and 5.2); undefined if it is not about the setup. */
function adviceFor(error: string, description: string, redirectUri: string): string | undefined {
  if (error === 'redirect_uri_mismatch' || /redirect/i.test(description))
    return `register ${redirectUri} as a redirect address with the provider; PUBLIC_URL and "name" make it.`;
  const advices = new Map([
    ['invalid_client', clientAdvice],
    // Keycloak says so of a wrong secret.
    ['unauthorized_client', `${clientAdvice.slice(0, -1)}; or ${flowAdvice}`],
    ['unsupported_response_type', flowAdvice],
    ['unsupported_grant_type', flowAdvice],
    ['invalid_scope', 'check "scopes".'],
    ['invalid_request', 'check "scopes", "prompt" and "responseMode".'],
  ]);
  return advices.get(error);
}

const quote = (error: string, description = ''): string =>
  `the provider answers ${[error, description]
    .filter((text) => text !== '')
    .join(': ')
    .slice(0, 300)}`;

/** Translates what the provider sent back with the browser: `error` and `error_description`. */
function authorizationError(error: openid.AuthorizationResponseError, provider: ProviderFacts): Error {
  const { error: code, error_description: description } = error;
  if (code === 'server_error' || code === 'temporarily_unavailable') return unavailable(error);
  const advice = adviceFor(code, description ?? '', provider.redirectUri);
  if (advice === undefined) return new OidcFailure('provider_refused', error);
  return misconfigured(provider, `${quote(code, description)}; ${advice}`, error);
}

/** Translates what exchanging the code threw; gives back a bug of ours as it is. */
export function exchangeError(error: unknown, provider: ProviderFacts): unknown {
  if (isUnreachable(error)) return unavailable(error);
  if (error instanceof openid.AuthorizationResponseError) return authorizationError(error, provider);
  if (error instanceof openid.WWWAuthenticateChallengeError)
    return misconfigured(provider, `${quote(`status ${error.status}`)}; ${clientAdvice}`, error);
  if (error instanceof openid.ResponseBodyError) {
    const { error: code, error_description: description, status } = error;
    // Auth0 says access_denied of a wrong secret.
    const advice =
      adviceFor(code, description ?? '', provider.redirectUri) ?? (status === 401 ? clientAdvice : undefined);
    if (advice === undefined) return new OidcFailure('code_refused', error);
    return misconfigured(provider, `${quote(code, description)}; ${advice}`, error);
  }
  if (!(error instanceof openid.ClientError)) return error;
  if (error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return misconfigured(
      provider,
      'the id_token is not valid at this moment; correct the clock of this machine, or of the provider.',
      error,
    );
  if (error.code === 'OAUTH_UNSUPPORTED_OPERATION')
    return misconfigured(
      provider,
      'the id_token is encrypted or signed in a way that is not supported; let the provider sign it with RS256 or ES256.',
      error,
    );
  return new OidcFailure('answer_refused', error);
}

/** Translates what asking for the userinfo threw; gives back a bug of ours as it is. */
export function userInfoError(error: unknown): unknown {
  if (isUnreachable(error)) return unavailable(error);
  const isRefusal =
    error instanceof openid.ClientError ||
    error instanceof openid.ResponseBodyError ||
    error instanceof openid.WWWAuthenticateChallengeError;
  return isRefusal ? new OidcFailure('answer_refused', error) : error;
}
