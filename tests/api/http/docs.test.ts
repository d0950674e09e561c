import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('GET /docs', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('200 with a page that loads only files of this service', async () => {
    const page = await test.http.get('//docs').expect(200).expect('Content-Type', /html/);
    const policy = page.get('Content-Security-Policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(page.text).not.toMatch(/<script>|<style|\son\w+=|style=/);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) await test.http.get(`/${file}`).expect(200);
  });

  it('405 for another method', async () => {
    const response = await test.http.post('//docs').expect(405).expect('Allow', 'GET, HEAD, OPTIONS');
    expect(response.body.code).toBe('METHOD_NOT_ALLOWED');
  });

  it('404 for an unknown file', async () => {
    const response = await test.http.get('//docs/assets/nothing.js').expect(404);
    expect(response.body.code).toBe('NOT_FOUND');
  });

  it('404 if the page is disabled; the document is still served', async () => {
    await withTestApp({ settings: { DOCS_ENABLED: 'false' } }, async (closed) => {
      await closed.http.get('//docs').expect(404);
      await closed.http.get('//openapi.json').expect(200);
    });
  });

  it('401 without the configured password, also for the document', async () => {
    await withTestApp({ settings: { DOCS_PASSWORD: 'a password for the docs' } }, async (guarded) => {
      const refused = await guarded.http.get('//docs').auth('anyone', 'wrong').expect(401);
      expect(refused.get('WWW-Authenticate')).toBe('Basic realm="docs"');
      expect(refused.body.code).toBe('UNAUTHENTICATED');
      await guarded.http.get('//openapi.json').expect(401);
      await guarded.http.get('//docs').auth('anyone', 'a password for the docs').expect(200);
    });
  });
});
