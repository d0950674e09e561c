import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/environment.ts';
import type { Mail } from '../../../src/core/ports.ts';
import { createMailer } from '../../../src/process/dependencies.ts';
import { testConfig } from '../../helpers/config.ts';

const production: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://strata@localhost/strata',
  BCRYPT_COST: '10',
  RATE_LIMIT_GLOBAL_PER_MINUTE: '300',
  RATE_LIMIT_AUTH_PER_15_MINUTES: '50',
  RATE_LIMIT_WRITES_PER_MINUTE: '120',
};
const mailing = { SMTP_URL: 'smtp://user:password@smtp.example.com:587' };
const sender = { MAIL_FROM: 'Strata <no-reply@example.com>' };
const mail: Mail = { id: 'a', to: 'ann@example.com', subject: 'Hi', text: 'Hi', html: 'Hi' };

/** Returns the names of invalid settings. */
function issuesOf(settings: Environment): string[] {
  try {
    testConfig({ ...production, ...settings });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ name }) => name);
    throw error;
  }
}

describe('mail settings', () => {
  it('are optional in production, where no mail is sent without them', async () => {
    const mailer = createMailer(testConfig(production));
    await expect(mailer.deliver(mail)).rejects.toThrow('SMTP_URL');
  });

  it.each([
    [{ ...mailing, PUBLIC_URL: 'https://api.example.com' }, ['MAIL_FROM']],
    [{ ...mailing, ...sender }, ['PUBLIC_URL']],
    [{ ...mailing, ...sender, APP_URL: 'http://app.example.com' }, ['APP_URL']],
    [{ ...mailing, ...sender, APP_URL: 'https://app.example.com' }, []],
    [{ ...mailing, ...sender, PUBLIC_URL: 'https://api.example.com' }, []],
    [{ ...sender, APP_URL: 'https://app.example.com', SMTP_URL: 'https://smtp.example.com' }, ['SMTP_URL']],
    [{ MAIL_FROM: 'nobody' }, ['MAIL_FROM']],
    [{ MAIL_FROM: 'A <a@example.com>, B <b@example.com>' }, ['MAIL_FROM']],
    [{ MAIL_FROM: 'Team: a@example.com;' }, ['MAIL_FROM']],
    [{ MAIL_FROM: 'Strata <no-reply@example.com> more' }, ['MAIL_FROM']],
    [{ MAIL_FROM: '=?UTF-8?Q?Gr=C3=B6=C3=9Fe?= <no-reply@example.com>' }, ['MAIL_FROM']],
    [{ MAIL_FROM: 'Strata\r\nBcc: eve@example.com <no-reply@example.com>' }, ['MAIL_FROM']],
    [{ MAIL_FROM: '"Acme, Inc." <no-reply@example.com>' }, []],
    [{ MAIL_FROM: 'Größe <no-reply@bücher.example>' }, []],
  ])('are validated: %j → %j', (settings, issues) => {
    expect(issuesOf(settings)).toEqual(issues);
  });

  it('never reveal the password of the server', () => {
    expect(() => testConfig({ SMTP_URL: 'smtp://user:SENTINEL@[' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('SENTINEL') }),
    );
  });
});
