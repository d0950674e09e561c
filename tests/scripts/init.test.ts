import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { judgeName } from '../../scripts/init/answers.ts';
import { renamed } from '../../scripts/init/rename.ts';
import { makeClone, type Clone } from '../helpers/clone.ts';

describe('a name', () => {
  it.each(['Acme', 'Acme Shop', 'acme-shop', 'A1 2b'])('may be %s', (name) => {
    expect(judgeName(name)).toBe(true);
  });

  it.each(['', 'ab', '1st', 'Acme  Shop', ' Acme', 'Acme/Shop', "Acme's", 'Strata', 'x'.repeat(31), 'Café'])(
    'may not be %j',
    (name) => {
      expect(judgeName(name)).toEqual(expect.stringMatching(/name/));
    },
  );

  it('replaces that of the template in each of its spellings, and nothing else', () => {
    const text =
      "Strata strata strata_app strata-api STRATA_TEST strataServer '\\nStrata' substrata stratagem";
    expect(renamed(text, 'Acme Shop')).toBe(
      "Acme Shop acme_shop acme_shop_app acme-shop-api ACME_SHOP_TEST acmeShopServer '\\nAcme Shop' substrata stratagem",
    );
  });
});

describe('npm run init', () => {
  let clone: Clone;

  beforeAll(() => {
    clone = makeClone();
  });
  afterAll(() => {
    clone.remove();
  });

  const init = (options: Record<string, string>) =>
    clone.run('init', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`), '--yes');
  const good = { name: 'Acme Shop', description: 'Lamps.', holder: 'Acme Ltd', keep: 'api-keys' };

  it.each([
    [{ name: '../x' }, 'cannot be a name here'],
    [{ description: 'a "quoted" one' }, 'The description must be one line'],
    [{ licence: 'GPL-3.0' }, '"GPL-3.0" is not known here'],
    [{ keep: 'orders' }, 'orders uses payments: keep payments as well.'],
    [{ keep: 'carts' }, '"carts" cannot be chosen.'],
  ])('refuses %j with the reason, and touches nothing', (wrong, reason) => {
    const { code, said } = init({ ...good, ...wrong });
    expect([code, said]).toEqual([1, expect.stringContaining(reason)]);
    expect(clone.status()).toEqual([]);
  });

  it('makes the clone a product', () => {
    clone.write('.env.development.local', 'JWT_SECRET=old\nPORT=4000\n');
    const { code, said } = init(good);
    expect([code, said]).toEqual([0, expect.stringContaining('This clone is Acme Shop now')]);
    expect(JSON.parse(clone.read('package.json'))).toMatchObject({ name: 'acme-shop', author: 'Acme Ltd' });
    expect(JSON.parse(clone.read('package-lock.json'))).toMatchObject({ name: 'acme-shop' });
    expect(clone.read('README.md')).toMatch(/^# Acme Shop\n\nLamps\.\n\n## Start/);
    expect(clone.read('LICENSE')).toMatch(/^Copyright \(c\) \d+ Acme Ltd\nCopyright \(c\) \d+ Strata contr/m);
    expect(clone.read('CHANGELOG.md')).toContain('Begun from Strata');
    expect(clone.read('src/app.ts')).toContain("title: 'Acme Shop'");
    expect(clone.has('src/api/api-keys')).toBe(true);
    for (const gone of ['src/api/orders', 'src/api/mfa', 'scripts/init.ts', 'docs/webhooks.md'])
      expect([gone, clone.has(gone)]).toEqual([gone, false]);
    expect(clone.status().filter((line) => line.includes('drop-'))).toEqual([]);
    const secrets = clone.read('.env.development.local');
    expect(secrets).toMatch(/^PORT=4000$/m);
    expect(secrets).toMatch(/^JWT_SECRET=(?!old).{43}$/m);
  });
});
