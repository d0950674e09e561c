import { describe, expect, it } from '@jest/globals';
import { createColumnCipher } from './column-cipher.ts';

const [first, second, third] = ['the first secret', 'the second secret', 'the third secret'] as const;
const place = 'orders.shipping_address:1';
const cipher = createColumnCipher([first]);

/** Changes one character in one part of an encrypted value. */
function damaged(value: string, part: number, at: number): string {
  const parts = value.split('.');
  const text = parts[part] ?? '';
  const other = text.at(at) === 'A' ? 'B' : 'A';
  parts[part] = text.slice(0, at) + other + text.slice(at + 1);
  return parts.join('.');
}

describe('createColumnCipher', () => {
  it.each(['', 'x', 'Straße 1, 李小龙 🙂', '{"a":"\\u0000"}', 'long '.repeat(10_000)])(
    'decrypts what it encrypted: %#',
    (text) => {
      expect(cipher.decrypt(cipher.encrypt(text, place), place)).toBe(text);
    },
  );

  it('reveals nothing of the text and never repeats a ciphertext', () => {
    const values = Array.from({ length: 2_000 }, () => cipher.encrypt('12 Analytical Row', place));
    const nonces = values.map((value) => value.split('.')[2]);
    expect(new Set(nonces).size).toBe(values.length);
    expect(new Set(values.map((value) => value.split('.')[3])).size).toBe(values.length);
    const sealed = Buffer.from(values[0]?.split('.')[3] ?? '', 'base64url');
    expect(sealed.includes('Analytical')).toBe(false);
    expect(values[0]).not.toContain(Buffer.from('Analytical').toString('base64url').slice(0, -1));
  });

  it.each(['orders.shipping_address:2', 'orders.notes:1', 'carts.shipping_address:1', ''])(
    'does not read a value that was moved to %j',
    (elsewhere) => {
      const value = cipher.encrypt('12 Analytical Row', place);
      expect(() => cipher.decrypt(value, elsewhere)).toThrow('unable to authenticate');
    },
  );

  it('rejects a value changed anywhere', () => {
    const value = cipher.encrypt('12 Analytical Row', place);
    for (const part of [2, 3]) {
      // Leave the last character as it is, because some of its bits have no effect.
      const length = (value.split('.')[part] ?? '').length - 1;
      for (let at = 0; at < length; at += 1) {
        expect(() => cipher.decrypt(damaged(value, part, at), place)).toThrow('unable to authenticate');
      }
    }
  });

  it.each(['12 Analytical Row', '', 'e1.', 'e1.AAAAAAAA.AAAAAAAAAAAAAAAA.AAAA', '{"city":"London"}'])(
    'does not take %j for one of its values',
    (value) => {
      expect(() => cipher.decrypt(value, place)).toThrow(Error);
    },
  );

  it('rejects a truncated value, even with a shorter tag', () => {
    const value = cipher.encrypt('', place);
    for (let length = value.length - 1; length > 0; length -= 1) {
      expect(() => cipher.decrypt(value.slice(0, length), place)).toThrow(Error);
    }
  });

  it('throws an actionable error for an unknown key, without the text', () => {
    const value = createColumnCipher([second]).encrypt('12 Analytical Row', place);
    const reading = () => cipher.decrypt(value, place);
    expect(reading).toThrow(place);
    expect(reading).toThrow('set DATA_ENCRYPTION_PREVIOUS_KEY to the previous key');
  });

  it('decrypts with every key, encrypts with the first and detects outdated values', () => {
    const rotated = createColumnCipher([third, second, first]);
    for (const secret of [first, second]) {
      const old = createColumnCipher([secret]).encrypt('12 Analytical Row', place);
      expect(rotated.decrypt(old, place)).toBe('12 Analytical Row');
      expect(rotated.isOutdated(old)).toBe(true);
    }
    const value = rotated.encrypt('12 Analytical Row', place);
    expect(rotated.isOutdated(value)).toBe(false);
    expect(createColumnCipher([third]).decrypt(value, place)).toBe('12 Analytical Row');
    expect(rotated.isOutdated('{"city":"London"}')).toBe(true);
  });

  it('does not contain its secret', () => {
    const value = cipher.encrypt('12 Analytical Row', place);
    expect(value).not.toContain(first);
    expect(value).toMatch(/^e1\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
  });
});
