import Joi from 'joi';
import { ConfigError, type Config } from '../../config/config.ts';
import { secret } from '../../config/settings.ts';
import { optional, type InferShape } from '../../core/schema.ts';

/** The settings of the module. Set all three, or none. */
export const paymentSettings = {
  PAYMENT_PROVIDER_URL: optional(
    Joi.string()
      .uri({ scheme: ['https', 'http'] })
      .description('Base URL of the payment provider. If unset, payments are disabled.'),
  ),
  PAYMENT_PROVIDER_KEY: optional(secret().description('API key for the payment provider.')),
  PAYMENT_WEBHOOK_SECRET: optional(
    secret()
      .pattern(/^(whsec_)?[A-Za-z0-9+/_-]{32,}=*$/)
      .messages({
        'string.pattern.base': 'must be at least 24 bytes in base64, with an optional prefix whsec_',
      })
      .description(
        "Secret of the provider's webhook signatures (Standard Webhooks). Configure the provider to send webhooks to <PUBLIC_URL>/api/v1/payments/webhooks.",
      ),
  ),
};

/** The URL and credentials of the payment provider. */
export interface ProviderSettings {
  readonly url: string;
  readonly key: string;
  readonly webhookSecret: string;
}

const isLocal = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url);

/** Returns the provider's settings, or null if none is set. Throws a `ConfigError` if only some are set, or for plain http in production. */
export function readPaymentSettings(
  { isProduction }: Config,
  settings: InferShape<typeof paymentSettings>,
): ProviderSettings | null {
  const {
    PAYMENT_PROVIDER_URL: url,
    PAYMENT_PROVIDER_KEY: key,
    PAYMENT_WEBHOOK_SECRET: webhookSecret,
  } = settings;
  if (url === undefined && key === undefined && webhookSecret === undefined) return null;
  if (url === undefined || key === undefined || webhookSecret === undefined) {
    const names = ['PAYMENT_PROVIDER_URL', 'PAYMENT_PROVIDER_KEY', 'PAYMENT_WEBHOOK_SECRET'] as const;
    const missing = names.filter((name) => settings[name] === undefined);
    throw new ConfigError(
      missing.map((name) => ({ name, message: 'must be set together with the other payment settings' })),
    );
  }
  if (isProduction && url.startsWith('http:') && !isLocal(url))
    throw new ConfigError([{ name: 'PAYMENT_PROVIDER_URL', message: 'must use https in production' }]);
  return { url, key, webhookSecret };
}
