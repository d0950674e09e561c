import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileMailer } from '../../../src/adapters/file-mailer.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { withTestApp } from '../../helpers/with-app.ts';

const mailOf = (number: number, subject: string) => ({
  id: `01a1fd86-0000-7000-8000-00000000000${number}`,
  to: 'ann@example.com',
  subject,
  text: 'Hello\n\nhttp://localhost:3000/verify-email#token=abc\n',
  html: '<p style="color:red">Hello</p>',
});

describe('GET /dev/mail', () => {
  let dir: string;
  let test: TestApp;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'strata-mail-'));
    const mailer = createFileMailer(dir);
    await mailer.deliver(mailOf(1, 'First'));
    await mailer.deliver(mailOf(2, '<b>Second</b>'));
    test = await buildTestApp({ settings: { NODE_ENV: 'development', MAIL_KEPT_DIR: dir } });
  });
  afterAll(async () => {
    await test.close();
    await rm(dir, { recursive: true });
  });

  it('200 with a list, newest first, without scripts', async () => {
    const { text, headers } = await test.http.get('//dev/mail').expect(200).expect('Content-Type', /html/);
    expect(text.indexOf('Second')).toBeLessThan(text.indexOf('First'));
    expect(text).toContain('&lt;b&gt;Second&lt;/b&gt;');
    expect(text).toContain('ann@example.com');
    expect(text).not.toMatch(/<script|<style|\son\w+=|style=/);
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|unsafe/);
    expect(headers['cache-control']).toBe('no-store');
    await test.http.get('//dev/mail.css').expect(200).expect('Content-Type', /css/);
  });

  it('200 with one mail and its link', async () => {
    const { text } = await test.http.get(`//dev/mail/${mailOf(1, '').id}`).expect(200);
    expect(text).toContain('<a href="http://localhost:3000/verify-email#token=abc">');
    expect(text).not.toMatch(/<script|<style|\son\w+=|style=/);
  });

  it('200 with the HTML of one mail, which may load only inline styles', async () => {
    const { text, headers } = await test.http.get(`//dev/mail/${mailOf(1, '').id}/html`).expect(200);
    expect(text).toBe(mailOf(1, '').html);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('script-src');
  });

  it('200 with all mails as JSON', async () => {
    const { body } = await test.http.get('//dev/mail.json').expect(200).expect('Content-Type', /json/);
    expect(body.status).toBe('success');
    expect(body.data).toHaveLength(2);
    const { html: _html, ...shown } = mailOf(2, '<b>Second</b>');
    expect(body.data[0]).toEqual({ ...shown, keptAt: expect.any(String) });
  });

  it('404 for an unknown mail', async () => {
    const response = await test.http.get('//dev/mail/nothing').expect(404);
    expect(response.body.code).toBe('NOT_FOUND');
    await test.http.get('//dev/mail/nothing/html').expect(404);
    await test.http.get('//dev/mail/..%2f..%2fetc%2fpasswd').expect(404);
  });

  it('405 for another method', async () => {
    await test.http.post('//dev/mail').expect(405).expect('Allow', 'GET, HEAD, OPTIONS');
  });

  it.each([
    { NODE_ENV: 'test' },
    { NODE_ENV: 'development', SMTP_URL: 'smtp://localhost:1025' },
    {
      NODE_ENV: 'production',
      BCRYPT_COST: '10',
      RATE_LIMIT_GLOBAL_PER_MINUTE: '300',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '50',
      RATE_LIMIT_WRITES_PER_MINUTE: '120',
    },
  ])('404 with %j', async (settings) => {
    await withTestApp({ settings: { ...settings, MAIL_KEPT_DIR: dir } }, async (other) => {
      for (const path of ['', '.json', '.css', `/${mailOf(1, '').id}`])
        await other.http.get(`//dev/mail${path}`).expect(404);
    });
  });
});
