import Joi from 'joi';
import type { Environment } from '../../src/config/environment.ts';

const schema = Joi.object<{
  SANDBOX_HOST: string;
  SANDBOX_PORT: number;
  SANDBOX_LEDGER_FILE?: string;
  SANDBOX_WEBHOOK_URL?: string;
  PAYMENT_PROVIDER_KEY: string;
  PAYMENT_WEBHOOK_SECRET?: string;
}>({
  SANDBOX_HOST: Joi.string().default('127.0.0.1'),
  SANDBOX_PORT: Joi.number().port().default(3_900),
  SANDBOX_LEDGER_FILE: Joi.string(),
  SANDBOX_WEBHOOK_URL: Joi.string().uri(),
  PAYMENT_PROVIDER_KEY: Joi.string().required(),
  PAYMENT_WEBHOOK_SECRET: Joi.string(),
})
  .with('SANDBOX_WEBHOOK_URL', 'PAYMENT_WEBHOOK_SECRET')
  .options({ abortEarly: false, stripUnknown: true });

/**
 * Returns the settings of the sandbox. Throws if they are invalid. Also throws in production, unless
 * SANDBOX_ALLOWED=true.
 */
export function readSandboxSettings(environment: Environment) {
  if (environment['NODE_ENV'] === 'production' && environment['SANDBOX_ALLOWED'] !== 'true')
    throw new Error('The sandbox moves no money. To start it in production, set SANDBOX_ALLOWED=true.');
  // An empty variable counts as missing.
  const set = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
  return Joi.attempt(set, schema, 'The sandbox cannot start with this environment:');
}
