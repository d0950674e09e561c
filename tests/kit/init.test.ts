import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateName, validateSlug, namesOf } from '../../scripts/kit/init/names.ts';
import { renamed } from '../../scripts/kit/init/rename.ts';
import { removeSecrets } from '../../scripts/kit/init/secrets.ts';
import { parseEnv } from 'node:util';
import { removable } from '../../scripts/kit/remove/choose.ts';
import { findModules } from '../../scripts/kit/remove/modules.ts';
import { Tree } from '../../scripts/kit/remove/tree.ts';
import { makeClone, type Clone } from '../helpers/clone.ts';

const hostile = 'Łódź\'s "Ünïcode" 🚀 $& \\ ${x} <b>*/ #1';

describe('product names', () => {
  it.each([
    'Acme',
    'acme-shop',
    'A1 2b',
    '1st',
    'ab',
    'Acme/Shop',
    "Acme's",
    'Café',
    '日本語',
    '🚀',
    hostile,
    'x'.repeat(60),
  ])('accepts %s', (name) => {
    expect(validateName(name)).toBe(true);
  });

  it.each([
    '',
    ' ',
    ' Acme',
    'Acme ',
    'Acme  Shop',
    'a\nb',
    'a\tb',
    '\u200b',
    'a\u202eb',
    '\ud800',
    'Strata',
    'x'.repeat(61),
  ])('rejects %j', (name) => {
    expect(validateName(name)).toEqual(expect.stringMatching(/name/));
  });

  it.each([
    ['Acme Shop', 'acme-shop', 'Acme Shop'],
    ['Café Zürich', 'cafe-zurich', 'Cafe Zurich'],
    [hostile, 'lodzs-unicode-x-b-1', 'Lodzs Unicode x b 1'],
    ['Straße Ø', 'strasse-o', 'Strasse O'],
    ['日本語', 'my-product', 'My Product'],
    ['🚀', 'my-product', 'My Product'],
    ['1st', 'app-1st', 'App 1st'],
    ['Yes', 'app-yes', 'Yes'],
    ['Order', 'app-order', 'Order'],
    ['PG Tools', 'app-pg-tools', 'PG Tools'],
    ['Express', 'app-express', 'Express'],
    ['Type', 'app-type', 'Type'],
    [
      'A name that goes on for a very long time',
      'a-name-that-goes-on-for-a-very',
      'A name that goes on for a very',
    ],
  ])('derives the slug and the ASCII name of %s: %s, %s', (name, kebab, plain) => {
    const names = namesOf(name, { packages: new Set(['express']) });
    expect(names).toMatchObject({ kebab, plain, display: name });
    expect(validateSlug(names.kebab, new Set(['express']))).toBe(true);
  });

  it.each([
    '',
    'Acme',
    '1st',
    'a--b',
    'a_b',
    'express',
    'order',
    'pg-tools',
    'type',
    'yes',
    'strata',
    'x'.repeat(31),
  ])('rejects the technical name %j', (slug) => {
    expect(validateSlug(slug, new Set(['express']))).toEqual(expect.stringMatching(/technical name/));
  });

  it('replaces every spelling of the template name and nothing else', () => {
    const text =
      "Strata strata strata_app strata-api STRATA_TEST strataServer StrataClient isStrata @strata/client '\\nStrata' substrata stratagem";
    expect(renamed(text, namesOf('Acme Shop'))).toBe(
      "Acme Shop acme_shop acme_shop_app acme-shop-api ACME_SHOP_TEST acmeShopServer AcmeShopClient isAcmeShop @acme_shop/client '\\nAcme Shop' substrata stratagem",
    );
    expect(renamed('Strata strata-api', namesOf('Strata $& Two'))).toBe('Strata Two strata-two-api');
  });
});

describe('removeSecrets', () => {
  it('removes secrets in any env file syntax', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'strata-forget-'));
    const file = join(directory, '.env.development.local');
    await writeFile(file, '\uFEFFJWT_SECRET=a\r\n  export PASSWORD_PEPPER = b\r\nPORT=4000\r\n');
    expect(removeSecrets(directory)).toBe(true);
    expect(removeSecrets(directory)).toBe(false);
    await rm(directory, { recursive: true, force: true });
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
    clone.runScript('init', ...Object.entries(options).map(([name, value]) => `--${name}=${value}`), '--yes');
  const modules = findModules(new Tree(join(import.meta.dirname, '../..')));
  const [optional] = removable(modules).filter(({ uses }) =>
    uses.every((name) => modules.get(name)?.note.kept),
  );
  const kept = optional?.name ?? 'none';
  const good = { name: 'Acme Shop', description: 'Lamps.', holder: 'Acme Ltd', keep: kept };

  it.each([
    [{ name: 'Acme\nShop' }, 'is not a valid name'],
    [{ slug: 'Acme' }, 'is not a valid technical name'],
    [{ description: 'two\nlines' }, 'The description must be one line'],
    [{ color: 'red' }, "Unknown option '--color'."],
    [{ license: 'GPL-3.0' }, 'Unknown license "GPL-3.0"'],
    // #region orders
    [{ keep: 'orders' }, 'orders uses payments. Keep payments too.'],
    // #endregion
    [{ keep: 'carts' }, '"carts" is not an optional module.'],
  ])('rejects %j with a reason and changes nothing', (wrong, reason) => {
    const { code, output } = init({ ...good, ...wrong });
    expect([code, output]).toEqual([1, expect.stringContaining(reason)]);
    expect(clone.status()).toEqual([]);
  });

  it('needs no other option for a dry run', () => {
    const { code, output } = clone.runScript('init', '--dry-run');
    expect([code, output]).toEqual([0, expect.stringContaining('Nothing was changed.')]);
    expect(clone.status()).toEqual([]);
  });

  it('accepts any name and writes it only where it is safe', () => {
    const description = `It's "so" $& \\ good.`;
    const { code, output } = init({ ...good, name: hostile, description, holder: `O'Ünï $1 "Co" & Søns` });
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('Its technical name is lodzs-unicode-x-b-1.'),
    ]);
    expect(JSON.parse(clone.read('package.json'))).toMatchObject({
      name: 'lodzs-unicode-x-b-1',
      description,
    });
    expect(JSON.parse(clone.read('openapi.json'))).toMatchObject({ info: { title: hostile } });
    expect(clone.read('LICENSE')).toContain(`O'Ünï $1 "Co" & Søns\n`);
    expect(parseEnv(clone.read('.env.example').replace(/^# (?=APP_NAME=)/m, ''))).toEqual({
      APP_NAME: hostile,
    });
    const shown = ['--input-type=module', '--import', 'tsx', '--eval'];
    const module = "import { productName } from './src/config/product-name.ts'; console.log(productName)";
    expect(clone.runNode(...shown, module)).toEqual({ code: 0, output: `${hostile}\n` });
    const others = clone
      .list('')
      .filter((path) => !path.endsWith('.md') && clone.read(path).includes('Łódź'));
    expect(others.sort()).toEqual(['.env.example', 'openapi.json', 'src/config/product-name.ts']);
    clone.restore();
  });

  it('turns the clone into a product', () => {
    clone.write('.env.development.local', 'JWT_SECRET=old\nPORT=4000\n');
    const { code, output } = init(good);
    expect([code, output]).toEqual([0, expect.stringContaining('This clone is now Acme Shop')]);
    expect(JSON.parse(clone.read('package.json'))).toMatchObject({ name: 'acme-shop', author: 'Acme Ltd' });
    expect(JSON.parse(clone.read('package-lock.json'))).toMatchObject({ name: 'acme-shop' });
    expect(clone.read('README.md')).toMatch(/^# Acme Shop\n\nLamps\.\n\n## Start/);
    expect(clone.read('LICENSE')).toMatch(/^Copyright \(c\) \d+ Acme Ltd\nCopyright \(c\) \d+ Strata contr/m);
    expect(clone.read('CHANGELOG.md')).toContain('Created from Strata');
    expect(clone.read('src/config/product-name.ts')).toContain("productName = 'Acme Shop'");
    expect(clone.has(`src/api/${kept}`)).toBe(kept !== 'none');
    for (const gone of ['src/api/orders', 'scripts/init.ts'])
      expect([gone, clone.has(gone)]).toEqual([gone, false]);
    expect(clone.status().filter((line) => line.includes('drop-'))).toEqual([]);
    const secrets = clone.read('.env.development.local');
    expect(secrets).toMatch(/^PORT=4000$/m);
    expect(secrets).toMatch(/^JWT_SECRET=(?!old).{43}$/m);
  });
});
