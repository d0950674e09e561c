import { describe, expect, it } from '@jest/globals';
import { createCipheriv } from 'node:crypto';
import { isWeakSecret, passwordBar } from '../../src/config/secrets.ts';

/** Returns a source of random bytes that are the same in each run. It throws after 16 MiB. */
function createRandom(): (size: number) => Buffer {
  const stream = createCipheriv('aes-256-ctr', Buffer.alloc(32, 7), Buffer.alloc(16));
  const bytes = stream.update(Buffer.alloc(16 * 1024 ** 2));
  let used = 0;
  return (size) => {
    if (used + size > bytes.length) throw new RangeError('All random bytes are used.');
    used += size;
    return bytes.subarray(used - size, used);
  };
}

const random = createRandom();

/** Returns random characters of this alphabet, all with the same probability. */
function draw(alphabet: string, length: number): string {
  let text = '';
  while (text.length < length) {
    const index = random(1).readUInt8();
    if (index < 256 - (256 % alphabet.length)) text += alphabet.charAt(index % alphabet.length);
  }
  return text;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';

const uuid = () =>
  random(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');

const generators: readonly [string, number, () => string][] = [
  ['hex, 16 bytes', 10_000, () => random(16).toString('hex')],
  ['hex, 32 bytes', 10_000, () => random(32).toString('hex')],
  ['upper-case hex, 32 bytes', 5_000, () => random(32).toString('hex').toUpperCase()],
  ['base64, 24 bytes', 5_000, () => random(24).toString('base64')],
  ['base64, 32 bytes', 10_000, () => random(32).toString('base64')],
  ['base64, 48 bytes', 10_000, () => random(48).toString('base64')],
  ['base64url, 32 bytes', 10_000, () => random(32).toString('base64url')],
  ['32 letters and digits', 20_000, () => draw(lower + upper + digits, 32)],
  ['32 lower-case letters and digits', 5_000, () => draw(lower + digits, 32)],
  ['base32, 32 bytes', 5_000, () => draw(`${upper}234567`, 52)],
  ['32 printable characters', 5_000, () => draw(ascii, 32)],
  ['a UUID', 2_000, uuid],
  ['a webhook secret', 2_000, () => `whsec_${random(24).toString('base64')}`],
  ['base64 of base64', 1_000, () => Buffer.from(random(48).toString('base64')).toString('base64')],
];

/** Secrets that people have typed instead of generating them. */
const typed = [
  'strata-production-jwt-key-for-acme-shop-2026',
  'my-super-secret-jwt-key-that-nobody-knows',
  'thequickbrownfoxjumpsoverthelazydog',
  'correct-horse-battery-staple-correct-horse',
  'SuperSecretProductionKeyForAcmeShop2026',
  'ACME_SHOP_PRODUCTION_JWT_SECRET_KEY_2026',
  'jwtSecretForStrataBackendInProduction1',
  'pAsSwOrDpRoDuCtIoNsEcReTkEyAcMeShOp',
  'To be or not to be, that is the question',
  'I-love-my-dog-Rex-and-my-cat-Felix-1987',
  'monkey123dragon456master789shadow012',
  'john.smith@acme-shop.com-johnsmith1984',
  // Other languages and alphabets.
  'Geheimnis-fuer-den-Produktionsserver-2026',
  'MeinLangesGeheimesPasswortFuerDieFirma',
  'ceci-est-la-cle-secrete-de-production',
  'estaeslaclavesecretadeproduccion2026',
  'to-jest-bardzo-tajny-klucz-produkcyjny',
  'tai-yra-slaptas-gamybos-raktas-parduotuvei',
  'очень-секретный-ключ-нашего-магазина',
  'schlüssel-für-die-größte-gesellschaft',
  // Leetspeak and reversed words.
  'P4ssw0rd-F0r-Th3-Pr0duct10n-Syst3m!!',
  'Th1s_1s_My_V3ry_S3cr3t_K3y_D0_N0t_T3ll',
  '$up3r$3cr3tK3yF0rMyApp!$up3rS3cr3t',
  'terces-yek-noitcudorp-pohs-emca-6202',
  // URLs and IP addresses.
  'https://www.example.com/api/v1/secrets?key=1',
  'https://hub.acme-shop.com:8443/auth/realms/prod',
  'postgres://admin:hunter2@db.internal:5432/prod',
  '192.168.1.1:5432-10.0.0.1:6379-172.16.0.1',
  // Dates and numbers.
  '2026-01-01T00:00:00.000Z/2026-12-31T23:59:59Z',
  '20260101202602012026030120260401',
  '01/02/2026-15/08/1985-24.12.1999-2000',
  'Jan-01-2026_Feb-02-2026_Mar-03-2026',
  '31415926535897932384626433832795',
  // Keyboard runs.
  'qwertyuiopasdfghjklzxcvbnm1234567890',
  'QWERTYUIOPASDFGHJKLZXCVBNM!@#$%^&*()',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'zaq12wsxcde34rfvbgt56yhnmju78ik,',
  'Q1W2E3R4T5Y6U7I8O9P0A1S2D3F4G5H6',
  'ajsdhfkjashdfkjhasdkfjhaskdjfhaksjdhf',
  // Sequences and repetitions.
  'abcdefghijklmnopqrstuvwxyz0123456789',
  '0123456789abcdef0123456789abcdef',
  'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6',
  'aaaaaaaabbbbbbbbccccccccddddddddeeee',
  'deadbeefcafebabedeadbeefcafebabe',
  'aB3$xY9!aB3$xY9!aB3$xY9!aB3$xY9!',
  'kjh234kjh234kjh234kjh234kjh234kjh234',
  'a'.repeat(64),
  'ab'.repeat(32),
  // Placeholders.
  'your-256-bit-secret-your-256-bit-secret',
  'changeme-changeme-changeme-changeme!',
  'replace-this-with-a-long-random-string',
  'password1234password1234password1234',
  'insecure-default-insecure-default-insecure',
];

const base64Of = (text: string): string => Buffer.from(text).toString('base64');

describe('isWeakSecret', () => {
  it.each(generators)('accepts random secrets: %s', (_form, count, make) => {
    const refused = Array.from({ length: count }, make).filter((secret) => isWeakSecret(secret));
    expect(refused).toEqual([]);
  });

  it.each(typed)('rejects %s', (text) => {
    expect(isWeakSecret(text)).toBe(true);
  });

  it.each(typed)('rejects the encoded form of %s', (text) => {
    const encoded = [
      base64Of(text),
      base64Of(`${text}\n`),
      base64Of(base64Of(text)),
      Buffer.from(text).toString('base64url'),
      Buffer.from(text).toString('hex'),
      `0x${Buffer.from(text).toString('hex').toUpperCase()}`,
      `whsec_${base64Of(text)}`,
    ];
    expect(encoded.filter((secret) => !isWeakSecret(secret))).toEqual([]);
  });

  it('rejects a published random secret', () => {
    expect(isWeakSecret('09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7')).toBe(true);
  });
});

describe('isWeakSecret for passwords', () => {
  it.each([
    ['12 letters and digits', 2_000, () => draw(lower + upper + digits, 12)],
    ['base64, 18 bytes', 2_000, () => random(18).toString('base64')],
    ['hex, 16 bytes', 1_000, () => random(16).toString('hex')],
  ])('accepts random secrets: %s', (_form, count, make) => {
    const refused = Array.from({ length: count }, make).filter((text) => isWeakSecret(text, passwordBar));
    expect(refused).toEqual([]);
  });

  it.each([
    'strata-docs-2026',
    'correcthorsebattery',
    'Passw0rd!2026',
    'acme-shop-api-docs',
    'qwertyuiop123',
  ])('rejects %s', (text) => {
    expect(isWeakSecret(text, passwordBar)).toBe(true);
  });
});
