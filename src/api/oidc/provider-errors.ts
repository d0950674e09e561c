import * as openid from 'openid-client';
import { oidcErrors } from './oidc.errors.ts';
import { OidcFailure } from './oidc-failure.ts';

/** The provider is down, too slow or returned a server error. */
export class Unreachable extends Error {}

/** A wrong setting of a provider. The message names the setting and is only for the log. */
class Misconfiguration extends Error {
  override readonly name = 'Misconfiguration';
}

/** The provider settings that appear in error messages. */
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

const isUnknownHost = (code: string): boolean => code === 'ENOTFOUND';
const isUntrusted = (code: string): boolean => /CERT|_SIGNATURE|ERR_TLS/.test(code);

/** Returns advice if a cause of the error is permanent: an unknown host or an untrusted certificate. */
function connectionAdvice(error: unknown, issuer: string): string | undefined {
  const code = codeOf(error);
  if (isUnknownHost(code)) return `the host of the issuer ${issuer} cannot be resolved; correct "issuer".`;
  if (isUntrusted(code))
    return `the certificate of ${issuer} is not trusted (${code}); for a private certificate authority, set NODE_EXTRA_CA_CERTS.`;
  return error instanceof Error ? connectionAdvice(error.cause, issuer) : undefined;
}

/** Describes why discovery failed: the HTTP status, or the issuer in the document. */
function discoveryReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Response) return `status ${cause.status}`;
  if (typeof cause === 'object' && cause !== null && 'body' in cause) {
    const { body } = cause;
    const isNamed = typeof body === 'object' && body !== null && 'issuer' in body;
    if (isNamed) return `the document contains the issuer ${String(body.issuer).slice(0, 300)}`;
  }
  return error.message;
}

/** Translates an error of discovery. */
export function discoveryError(error: unknown, provider: ProviderFacts): Error {
  const { issuer } = provider;
  const connection = connectionAdvice(error, issuer);
  if (connection !== undefined) return misconfigured(provider, connection, error);
  if (isUnreachable(error)) return unavailable(error);
  const advice =
    'correct "issuer": the document at <issuer>/.well-known/openid-configuration must exist and contain the same issuer.';
  return misconfigured(
    provider,
    `discovery at ${issuer} failed (${discoveryReason(error)}); ${advice}`,
    error,
  );
}

const clientAdvice = 'check "clientId" and "clientSecret", and whether the secret has expired.';
const flowAdvice = 'enable the authorization code flow for this client at the provider.';

/** Returns advice for an error code (RFC 6749, sections 4.1.2.1 and 5.2), or undefined if the setup is not the cause. */
function adviceFor(error: string, description: string, redirectUri: string): string | undefined {
  if (error === 'redirect_uri_mismatch' || /redirect/i.test(description))
    return `register ${redirectUri} as a redirect URI with the provider; it is derived from PUBLIC_URL and "name".`;
  const adviceByCode = new Map([
    ['invalid_client', clientAdvice],
    // Name the secret first, because Keycloak returns this code for a wrong secret.
    ['unauthorized_client', `${clientAdvice.slice(0, -1)}; or ${flowAdvice}`],
    ['unsupported_response_type', flowAdvice],
    ['unsupported_grant_type', flowAdvice],
    ['invalid_scope', 'check "scopes".'],
    ['invalid_request', 'check "scopes", "prompt" and "responseMode".'],
  ]);
  return adviceByCode.get(error);
}

const quote = (error: string, description = ''): string =>
  `the provider returned ${[error, description]
    .filter((text) => text !== '')
    .join(': ')
    .slice(0, 300)}`;

/** Translates an error in the callback (`error` and `error_description`). */
function authorizationError(error: openid.AuthorizationResponseError, provider: ProviderFacts): Error {
  const { error: code, error_description: description } = error;
  if (code === 'server_error' || code === 'temporarily_unavailable') return unavailable(error);
  const advice = adviceFor(code, description ?? '', provider.redirectUri);
  if (advice === undefined) return new OidcFailure('provider_refused', error);
  return misconfigured(provider, `${quote(code, description)}; ${advice}`, error);
}

/** Translates an error of the code exchange. Returns an unknown error unchanged. */
export function exchangeError(error: unknown, provider: ProviderFacts): unknown {
  if (isUnreachable(error)) return unavailable(error);
  if (error instanceof openid.AuthorizationResponseError) return authorizationError(error, provider);
  if (error instanceof openid.WWWAuthenticateChallengeError)
    return misconfigured(provider, `${quote(`status ${error.status}`)}; ${clientAdvice}`, error);
  if (error instanceof openid.ResponseBodyError) {
    const { error: code, error_description: description, status } = error;
    // Check the status too, because Auth0 returns access_denied with status 401 for a wrong secret.
    const advice =
      adviceFor(code, description ?? '', provider.redirectUri) ?? (status === 401 ? clientAdvice : undefined);
    if (advice === undefined) return new OidcFailure('code_refused', error);
    return misconfigured(provider, `${quote(code, description)}; ${advice}`, error);
  }
  if (!(error instanceof openid.ClientError)) return error;
  if (error.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED')
    return misconfigured(
      provider,
      'the id_token is not valid at the current time; correct the clock of this machine or of the provider.',
      error,
    );
  if (error.code === 'OAUTH_UNSUPPORTED_OPERATION')
    return misconfigured(
      provider,
      'the id_token is encrypted or signed with an unsupported algorithm; configure the provider to sign it with RS256 or ES256.',
      error,
    );
  return new OidcFailure('answer_refused', error);
}

/** Translates an error of the userinfo request. Returns an unknown error unchanged. */
export function userInfoError(error: unknown): unknown {
  if (isUnreachable(error)) return unavailable(error);
  const isRefusal =
    error instanceof openid.ClientError ||
    error instanceof openid.ResponseBodyError ||
    error instanceof openid.WWWAuthenticateChallengeError;
  return isRefusal ? new OidcFailure('answer_refused', error) : error;
}
