import Joi from 'joi';
import { ConfigError, type Config } from '../../config/config.ts';
import { secret } from '../../config/settings.ts';
import { optional, type InferShape } from '../../core/schema.ts';

/** What the module reads of the environment: all of it, or nothing. */
export const paymentSettings = {
  PAYMENT_PROVIDER_URL: optional(
    Joi.string()
      .uri({ scheme: ['https', 'http'] })
      .description(
        'Where the payment provider answers. Without it there are no payments, and nothing of them is done.',
      ),
  ),
  PAYMENT_PROVIDER_KEY: optional(secret().description('What the service shows to the payment provider.')),
  PAYMENT_WEBHOOK_SECRET: optional(
    secret()
      .pattern(/^(whsec_)?[A-Za-z0-9+/_-]{32,}=*$/)
      .messages({
        'string.pattern.base': 'must be at least 24 bytes in base64, with or without whsec_ before it',
      })
      .description(
        'What the payment provider signs its notices with (standard-webhooks); they go to <PUBLIC_URL>/api/v1/payments/webhooks.',
      ),
  ),
};

/** How to reach the payment provider. */
export interface ProviderSettings {
  readonly url: string;
  readonly key: string;
  readonly webhookSecret: string;
}

const isLocal = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(url);

/** The provider's settings, or null where there is none; throws a ConfigError for half of them, and for plain http in production. */
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
      missing.map((name) => ({ name, message: 'is needed with the other settings of payments' })),
    );
  }
  if (isProduction && url.startsWith('http:') && !isLocal(url))
    throw new ConfigError([{ name: 'PAYMENT_PROVIDER_URL', message: 'must be https' }]);
  return { url, key, webhookSecret };
}
