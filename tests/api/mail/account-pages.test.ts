import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

const pages = [
  'verify-email',
  'reset-password',
  'confirm-email',
  // #region organizations
  'accept-invitation',
  // #endregion
];

describe('the pages behind the links in mails', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ settings: { APP_NAME: 'Tom & Co' } });
    other = await buildTestApp({ settings: { APP_URL: 'https://app.example.com' } });
  });
  afterAll(async () => {
    await test.close();
    await other.close();
  });

  describe.each(pages)('GET /%s', (name) => {
    it('200 with a page that runs only its own script and sends no referrer', async () => {
      const { text, headers } = await test.http.get(`//${name}`).expect(200).expect('Content-Type', /html/);
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toBe('no-store');
      expect(text).not.toMatch(/<script>|<style|\son\w+=|style=/);
      expect(text).toContain('Tom &amp; Co');
      const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
      expect(files.sort()).toEqual(['/account/page.css', '/account/page.js']);
      for (const file of files) await test.http.get(`/${file}`).expect(200);
    });

    it('200 in English for an unsupported language', async () => {
      const response = await test.http.get(`//${name}`).set('Accept-Language', 'xx').expect(200);
      expect(response.text).toContain('<html lang="en">');
      expect(response.get('Content-Language')).toBe('en');
      expect(response.get('Vary')).toContain('Accept-Language');
    });

    // #region de
    it('200 in the language of the client', async () => {
      const english = await test.http.get(`//${name}`).expect(200);
      const german = await test.http.get(`//${name}`).set('Accept-Language', 'de-AT').expect(200);
      expect(german.text).toContain('<html lang="de">');
      expect(german.get('Content-Language')).toBe('de');
      expect(german.text).not.toContain(/<h1>(.+)<\/h1>/.exec(english.text)![1]);
    });
    // #endregion

    it('200 with the URL of an existing route', async () => {
      const { text } = await test.http.get(`//${name}`).expect(200);
      const path = /data-action="\/api\/v1([^"]+)"/.exec(text)![1]!;
      expect([path, (await test.http.post(path).send({})).status]).not.toEqual([path, 404]);
    });

    it('404 if APP_URL is set', async () => {
      await other.http.get(`//${name}`).expect(404);
      await other.http.get('//account/page.js').expect(404);
    });

    it('405 for another method', async () => {
      await test.http.post(`//${name}`).expect(405).expect('Allow', 'GET, HEAD, OPTIONS');
    });
  });

  it('are the targets of links in mails', async () => {
    const mails = test.app.modules.instances.get('mail')?.api as {
      linkTo(page: string, token: string): string;
    };
    const { pathname, hash } = new URL(mails.linkTo('verify-email', 'abc'));
    await test.http.get(`/${pathname}`).expect(200);
    expect(hash).toBe('#token=abc');
  });
});
