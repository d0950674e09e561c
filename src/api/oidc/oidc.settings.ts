import Joi from 'joi';
import { ConfigError, type Config } from '../../config/config.ts';
import { arrayOf, object, optional, withDefault, type Infer, type InferShape } from '../../core/schema.ts';

const providerSettings = object({
  // A provider cannot be named `links`, because another route has this path.
  name: Joi.string()
    .pattern(/^(?!links$)[a-z0-9-]{1,30}$/)
    .messages({ 'string.pattern.base': 'must be 1 to 30 characters of a-z, 0-9 and "-", and not "links"' }),
  issuer: Joi.string().uri({ scheme: ['https', 'http'] }),
  clientId: Joi.string(),
  clientSecret: Joi.string(),
  scopes: withDefault(
    Joi.string()
      .pattern(/^(?:\S+ )*openid(?: \S+)*$/)
      .messages({ 'string.pattern.base': 'must be scopes separated by single spaces, including openid' }),
    'openid email profile',
  ),
  // Allows only values with which the provider shows a page, so that no user is signed in without an action.
  prompt: withDefault(Joi.string().valid('select_account', 'login', 'consent'), 'select_account'),
  responseMode: withDefault(Joi.string().valid('query', 'form_post'), 'query'),
  trustsEmail: withDefault(Joi.boolean(), false),
});

/** The settings of one provider in OIDC_PROVIDERS. */
export type ProviderSettings = Infer<typeof providerSettings>;

const example = (name: string, issuer: string): string =>
  JSON.stringify({ name, issuer, clientId: '…', clientSecret: '…' });

/** The settings of the module. */
export const oidcSettings = {
  OIDC_PROVIDERS: withDefault(
    arrayOf(providerSettings)
      .unique('name')
      .messages({
        'array.base': 'must be a JSON list; see .env.example',
        'array.unique': 'has the same name as another provider',
      })
      .meta({ isSecret: true, isJson: true }),
    [],
  ).description(
    `OpenID Connect providers for sign-in, as a JSON list on one line, such as [${example('google', 'https://accounts.google.com')}]. ` +
      `GitHub supports OAuth only and issues no id_tokens for users; use an OpenID Connect bridge such as Dex or Keycloak: ${example('github', 'https://dex.example.com')}. ` +
      'Optional fields of a provider: "scopes" (default "openid email profile"); "prompt" ("select_account", the default, or "login" or "consent" if the provider does not support it); "responseMode": "form_post" for Apple; "trustsEmail": true for a provider that verifies addresses without stating it, such as a single Entra tenant. See docs/sign-in-providers.md for each provider. Register <PUBLIC_URL>/api/v1/auth/oidc/<name>/callback as a redirect URI with the provider.',
  ),
  OIDC_RETURN_URL: optional(
    Joi.string()
      .pattern(/^https?:\/\/[^\s?#]+$/)
      .messages({ 'string.pattern.base': 'must be an http(s) URL without ? and #' })
      .description(
        'Page that the browser is redirected to after a sign-in with a provider. Must be below PUBLIC_URL, APP_URL or one of CORS_ORIGINS. Without it, the callback returns JSON.',
      ),
  ),
};

const multiTenantIssuer =
  /^https:\/\/login\.microsoftonline\.com\/(?:common|organizations|consumers)(?:\/|$)/i;

/** Throws a ConfigError if these settings conflict with the rest of the configuration. */
export function assertOidcSettings(
  { publicUrl, isProduction, PUBLIC_URL, APP_URL, CORS_ORIGINS }: Config,
  { OIDC_PROVIDERS: providers, OIDC_RETURN_URL: returnUrl }: InferShape<typeof oidcSettings>,
): void {
  const issues: { name: string; message: string }[] = [];
  if (providers.some(({ trustsEmail, issuer }) => trustsEmail && multiTenantIssuer.test(issuer)))
    issues.push({
      name: 'OIDC_PROVIDERS',
      message:
        'must name a single tenant in the issuer of a provider with trustsEmail, because administrators of other tenants can choose any address',
    });
  if (isProduction && providers.some(({ issuer }) => !issuer.startsWith('https://')))
    issues.push({ name: 'OIDC_PROVIDERS', message: 'must contain only https issuers in production' });
  if (isProduction && providers.length > 0 && PUBLIC_URL === undefined)
    issues.push({
      name: 'PUBLIC_URL',
      message: 'is required with OIDC_PROVIDERS, because providers redirect to it',
    });
  const origins = [publicUrl, APP_URL, ...CORS_ORIGINS];
  if (returnUrl !== undefined && !(URL.canParse(returnUrl) && origins.includes(new URL(returnUrl).origin)))
    issues.push({ name: 'OIDC_RETURN_URL', message: 'must be below PUBLIC_URL, APP_URL or CORS_ORIGINS' });
  if (issues.length > 0) throw new ConfigError(issues);
}
