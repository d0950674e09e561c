import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Dangerous code: its name, a pattern that finds it, and the files that may contain it. */
const dangers: [string, RegExp, string[]][] = [
  ['running text as code', /\beval\(|new Function\(|from 'node:vm'/, []],
  ['starting other programs', /child_process/, []],
  [
    'outgoing requests',
    /\bfetch\(|from 'node:(?:http|https|net|tls|dgram|dns)'|from 'axios'/,
    // These files use node:net only to parse addresses, node:http for the server and its objects, and node:tls for
    // types.
    [
      'src/pages/account-pages.ts', 'src/middleware/security.ts', 'src/utils/ip-address.ts', 'src/process/http-server.ts',
      'src/process/client-error.ts', 'src/process/fast-http-classes.ts', 'src/process/unread-body.ts', 'src/db/connection.ts',
      'src/adapters/outgoing-http.ts', 'src/jobs/heartbeat.ts', 'src/utils/public-address.ts',
      // #region oidc
      'src/api/oidc/oidc-provider.ts',
      // #endregion
      // #region payments
      'src/api/payments/sandbox-provider.ts',
      // #endregion
    ],
  ], // prettier-ignore
  ['predictable randomness, for backoff only', /Math\.random/, ['src/db/database.ts']],
  ['weak hashes and ciphers, except the SHA-1 of authenticator apps', /'(?:md5|sha1|rc4|des|3des)'|aes-\d+-(?:ecb|cbc|ctr|cfb)|createCipher\(/i, [
    // #region mfa
    'src/api/mfa/totp.ts',
    // #endregion
  ]],
  ['encryption', /createCipheriv/, ['src/adapters/column-cipher.ts']],
  ['accepting any certificate', /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/, []],
  ['plain http to a provider, outside production only', /allowInsecureRequests/, [
    // #region oidc
    'src/api/oidc/oidc-provider.ts',
    // #endregion
  ]],
  ['HTML built from text in a page', /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, []],
  ['cookies by hand', /res\.cookie\(/, []],
]; // prettier-ignore

describe('source code', () => {
  const sources = new Map<string, string>();

  beforeAll(async () => {
    const entries = await readdir(join(root, 'src'), { recursive: true });
    for (const entry of entries.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
      const path = `src/${entry}`;
      sources.set(path, await readFile(join(root, path), 'utf8'));
    }
    expect(sources.size).toBeGreaterThan(100);
  });

  it.each(dangers)('is limited to listed files: %s', (_what, pattern, allowed) => {
    const found = [...sources].filter(([, text]) => pattern.test(text)).map(([path]) => path);
    expect(found.filter((path) => !allowed.some((place) => path.startsWith(place)))).toEqual([]);
    const unused = allowed.filter((place) => !found.some((path) => path.startsWith(place)));
    expect(unused).toEqual([]);
  });

  const lockfiles = [
    'package-lock.json',
    // #region orders
    'bench/peers/package-lock.json',
    // #endregion
  ];

  it.each(lockfiles)('has dependencies with an integrity hash and no host in %s', async (file) => {
    const lock = JSON.parse(await readFile(join(root, file), 'utf8')) as {
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
