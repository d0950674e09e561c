import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What is dangerous in the wrong place, and the places that have a reason. */
const dangers: [string, RegExp, string[]][] = [
  ['text that is run', /\beval\(|new Function\(|from 'node:vm'/, []],
  ['other programs', /child_process/, []],
  [
    'requests to elsewhere: providers of the environment, the script of a page, and webhooks',
    /\bfetch\(|from 'node:(?:http|https|net|tls|dgram|dns)'|from 'axios'/,
    // node:net only to read addresses; node:http to listen, and for what a listener makes; both for a sample answer that goes nowhere; node:tls for the types of the database's options.
    [
      'src/pages/account-pages.ts', 'src/middleware/security.ts', 'src/utils/ip-address.ts', 'src/process/http-server.ts',
      'src/process/fast-http-classes.ts', 'src/process/unread-body.ts', 'src/db/connection.ts',
      'src/adapters/outgoing-http.ts', 'src/jobs/heartbeat.ts', 'src/utils/public-address.ts',
      // #region oidc
      'src/api/oidc/oidc-provider.ts',
      // #endregion
      // #region payments
      'src/api/payments/sandbox-provider.ts',
      // #endregion
    ],
  ], // prettier-ignore
  ['chance that can be foreseen: how long to wait before trying again', /Math\.random/, ['src/db/database.ts']],
  ['weak hashes and ciphers: the SHA-1 that authenticator apps take', /'(?:md5|sha1|rc4|des|3des)'|aes-\d+-(?:ecb|cbc|ctr|cfb)|createCipher\(/i, [
    // #region mfa
    'src/api/mfa/totp.ts',
    // #endregion
  ]],
  ['encryption: in one place', /createCipheriv/, ['src/adapters/column-cipher.ts']],
  ['trust in every certificate', /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/, []],
  ['plain http to a provider: not in production', /allowInsecureRequests/, [
    // #region oidc
    'src/api/oidc/oidc-provider.ts',
    // #endregion
  ]],
  ['HTML from text in a page', /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, []],
  ['cookies by hand', /res\.cookie\(/, []],
]; // prettier-ignore

describe('the source', () => {
  const sources = new Map<string, string>();

  beforeAll(async () => {
    const entries = await readdir(join(root, 'src'), { recursive: true });
    for (const entry of entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      const path = `src/${entry}`;
      sources.set(path, await readFile(join(root, path), 'utf8'));
    }
    expect(sources.size).toBeGreaterThan(100);
  });

  it.each(dangers)('has only where there is a reason: %s', (_what, pattern, allowed) => {
    const found = [...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path);
    expect(found.filter((path) => !allowed.some((place) => path.startsWith(place)))).toEqual([]);
    const unused = allowed.filter((place) => !found.some((path) => path.startsWith(place)));
    expect(unused).toEqual([]);
  });

  it('comes with libraries that are each known by a hash, from no place of their own', async () => {
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }>;
    };
    const libraries = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(libraries.length).toBeGreaterThan(100);
    const foreign = libraries.filter(
      ([, { integrity, resolved, link }]) =>
        integrity?.startsWith('sha512-') !== true || link === true || resolved !== undefined,
    );
    expect(foreign.map(([path]) => path)).toEqual([]);
  });
});
