import { describe, expect, it } from '@jest/globals';
import type { Payments } from '../../../src/api/payments/index.ts';
import { paymentSettings, readPaymentSettings } from '../../../src/api/payments/payment.settings.ts';
import { createApp } from '../../../src/app.ts';
import type { Config } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/environment.ts';
import { modules } from '../../../src/modules.ts';
import { createDependencies } from '../../../src/process/dependencies.ts';
import { testConfig } from '../../helpers/config.ts';
import { settingsFor } from './bench.ts';

const complete = settingsFor('http://127.0.0.1:1');
const names = Object.keys(complete);

const configOf = (settings: Environment): Config =>
  testConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing', ...settings });

async function paymentsWith(settings: Environment): Promise<Payments> {
  const config = configOf(settings);
  const app = createApp(createDependencies(config, modules), modules);
  await app.stop();
  return app.modules.instances.get('payments')?.api as Payments;
}

describe('payment settings', () => {
  it('enable payments if all are set, and disable them if none is set', async () => {
    expect((await paymentsWith(complete)).isEnabled).toBe(true);
    expect((await paymentsWith({})).isEnabled).toBe(false);
  });

  it.each(names)('are rejected without %s', async (name) => {
    await expect(paymentsWith({ ...complete, [name]: '' })).rejects.toThrow(
      `${name} must be set together with the other payment settings`,
    );
  });

  it.each([
    ['PAYMENT_PROVIDER_URL', 'ftp://provider'],
    ['PAYMENT_PROVIDER_KEY', 'short'],
    ['PAYMENT_WEBHOOK_SECRET', `whsec_${'!'.repeat(32)}`],
  ])('reject %s=%s', async (name, value) => {
    await expect(paymentsWith({ ...complete, [name]: value })).rejects.toThrow(name);
  });

  it('accept plain http only for localhost in production', () => {
    const production = {
      NODE_ENV: 'production',
      BCRYPT_COST: '',
      RATE_LIMIT_GLOBAL_PER_MINUTE: '',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '',
      RATE_LIMIT_WRITES_PER_MINUTE: '',
      PUBLIC_URL: 'https://shop.test',
      PAYMENT_PROVIDER_KEY: 'Yq3Tz8Lw2Kr6Xn0Vb4Pm7Hc1Jd5Gf9UaQe',
      PAYMENT_WEBHOOK_SECRET: 'whsec_Zb7Qx2Lw9Tr4Kn6Vy1Pm3Hc8Jd0Gf5Ua',
    };
    const at = (url: string) => {
      const config = configOf({ ...production, PAYMENT_PROVIDER_URL: url });
      return readPaymentSettings(config, config.settingsOf(paymentSettings))?.url;
    };
    expect(() => at('http://provider.test')).toThrow('PAYMENT_PROVIDER_URL must use https in production');
    for (const url of ['https://provider.test', 'http://127.0.0.1:3900', 'http://localhost'])
      expect(at(url)).toBe(url);
  });
});
