import Joi from 'joi';
import { ConfigError, type Config } from '../../config/config.ts';
import { arrayOf, object, optional, withDefault, type Infer, type InferShape } from '../../core/schema.ts';

const providerSettings = object({
  // `links` is the address of the list of links.
  name: Joi.string()
    .pattern(/^(?!links$)[a-z0-9-]{1,30}$/)
    .messages({ 'string.pattern.base': 'must be 1 to 30 of a-z, 0-9 and -, and not "links"' }),
  issuer: Joi.string().uri({ scheme: ['https', 'http'] }),
  clientId: Joi.string(),
  clientSecret: Joi.string(),
  scopes: withDefault(
    Joi.string()
      .pattern(/^(?:\S+ )*openid(?: \S+)*$/)
      .messages({ 'string.pattern.base': 'must be words with a space between, openid among them' }),
    'openid email profile',
  ),
  // One of those that make the provider show a page: nobody is signed in without having done something.
  prompt: withDefault(Joi.string().valid('select_account', 'login', 'consent'), 'select_account'),
  responseMode: withDefault(Joi.string().valid('query', 'form_post'), 'query'),
  trustsEmail: withDefault(Joi.boolean(), false),
});

/** A provider as the environment describes it. */
export type ProviderSettings = Infer<typeof providerSettings>;

const example = (name: string, issuer: string): string =>
  JSON.stringify({ name, issuer, clientId: '…', clientSecret: '…' });

/** What the module reads of the environment. */
export const oidcSettings = {
  OIDC_PROVIDERS: withDefault(
    arrayOf(providerSettings)
      .unique('name')
      .messages({
        'array.base': 'must be a list in JSON; .env.example shows one',
        'array.unique': 'has the name of another provider',
      })
      .meta({ isSecret: true, isJson: true }),
    [],
  ).description(
    `Where people may sign in by OpenID Connect: a list in JSON on one line, such as [${example('google', 'https://accounts.google.com')}]. ` +
      `GitHub issues no id_tokens to people (it is OAuth only), so an OpenID bridge such as Dex or Keycloak stands in front of it: ${example('github', 'https://dex.example.com')}. ` +
      'Each may say its "scopes", "openid email profile" unless given, and its "prompt": "select_account" unless given, "login" or "consent" where the provider does not know that. "responseMode": "form_post" is for Apple, and "trustsEmail": true for a provider that verifies addresses and does not say so, such as a single Entra tenant; docs/sign-in-providers.md has the settings of each. Register <PUBLIC_URL>/api/v1/auth/oidc/<name>/callback with the provider.',
  ),
  OIDC_RETURN_URL: optional(
    Joi.string()
      .pattern(/^https?:\/\/[^\s?#]+$/)
      .messages({ 'string.pattern.base': 'must be an address without ? and #' })
      .description(
        'The page that the browser is led to once a provider has answered, below PUBLIC_URL, APP_URL or one of CORS_ORIGINS. Without it the answer is JSON.',
      ),
  ),
};

const isManyTenants = /^https:\/\/login\.microsoftonline\.com\/(?:common|organizations|consumers)(?:\/|$)/i;

/** Throws a ConfigError unless these settings go together with the rest of the configuration. */
export function assertOidcSettings(
  { publicUrl, isProduction, PUBLIC_URL, APP_URL, CORS_ORIGINS }: Config,
  { OIDC_PROVIDERS: providers, OIDC_RETURN_URL: returnUrl }: InferShape<typeof oidcSettings>,
): void {
  const issues: { name: string; message: string }[] = [];
  if (providers.some(({ trustsEmail, issuer }) => trustsEmail && isManyTenants.test(issuer)))
    issues.push({
      name: 'OIDC_PROVIDERS',
      message:
        'must name one tenant in the issuer of a provider with trustsEmail: administrators of other tenants choose addresses freely',
    });
  if (isProduction && providers.some(({ issuer }) => !issuer.startsWith('https://')))
    issues.push({ name: 'OIDC_PROVIDERS', message: 'must have https issuers only' });
  if (isProduction && providers.length > 0 && PUBLIC_URL === undefined)
    issues.push({ name: 'PUBLIC_URL', message: 'is needed with OIDC_PROVIDERS: providers lead back to it' });
  const origins = [publicUrl, APP_URL, ...CORS_ORIGINS];
  if (returnUrl !== undefined && !(URL.canParse(returnUrl) && origins.includes(new URL(returnUrl).origin)))
    issues.push({ name: 'OIDC_RETURN_URL', message: 'must be below PUBLIC_URL, APP_URL or CORS_ORIGINS' });
  if (issues.length > 0) throw new ConfigError(issues);
}
