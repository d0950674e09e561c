import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import bcrypt from 'bcrypt';
import { createBcryptHasher } from './bcrypt-hasher.ts';

const cost = 4;
const hasher = createBcryptHasher({ cost, pepper: 'one pepper' });

describe('the bcrypt hasher', () => {
  it('verifies the right password only', async () => {
    const stored = await hasher.hash('correct horse');
    expect(stored).toMatch(/^v1\$[A-Za-z0-9_-]{8}\$\$2b\$04\$/);
    expect(stored).not.toContain('correct');
    expect(await hasher.verify('correct horse', async () => stored)).toBe(true);
    expect(await hasher.verify('correct horsE', async () => stored)).toBe(false);
    expect(await hasher.verify('', async () => stored)).toBe(false);
  });

  it('never creates the same hash twice', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('uses every byte: after the 72nd, after NUL and in every alphabet', async () => {
    const long = 'x'.repeat(100);
    const stored = await hasher.hash(`${long}a`);
    expect(await hasher.verify(`${long}a`, async () => stored)).toBe(true);
    expect(await hasher.verify(`${long}b`, async () => stored)).toBe(false);
    expect(await hasher.verify('a\0c', async () => await hasher.hash('a\0b'))).toBe(false);
    // Compare two letters that look alike: the first is Latin, the second Cyrillic.
    expect(await hasher.verify('a', async () => await hasher.hash('\u0430'))).toBe(false);
    expect(await hasher.verify('ﬁ', async () => await hasher.hash('fi'))).toBe(false);
  });

  it('requires the pepper', async () => {
    const stored = await hasher.hash('correct horse');
    const other = createBcryptHasher({ cost, pepper: 'another pepper' });
    expect(await other.verify('correct horse', async () => stored)).toBe(false);
    expect(other.isOutdated(stored)).toBe(true);
    const [, , ...hash] = stored.split('$');
    expect(await bcrypt.compare('correct horse', hash.join('$'))).toBe(false);
  });

  it('rejects unknown accounts and malformed hashes without throwing', async () => {
    expect(await hasher.verify('x', async () => null)).toBe(false);
    expect(await hasher.verify('x', async () => '')).toBe(false);
    expect(await hasher.verify('x', async () => await bcrypt.hash('x', cost))).toBe(false);
  });

  it('compares against a hash of the same cost for an unknown account', async () => {
    const stored = await hasher.hash('correct horse');
    const compare = jest.spyOn(bcrypt, 'compare');
    try {
      for (const found of [stored, null, 'nonsense']) await hasher.verify('wrong', async () => found);
      const costs = compare.mock.calls.map(([, hash]) => bcrypt.getRounds(hash));
      expect(costs).toEqual([cost, cost, cost]);
    } finally {
      compare.mockRestore();
    }
  });

  it('reports hashes of another cost as outdated', async () => {
    expect(hasher.isOutdated(await hasher.hash('x'))).toBe(false);
    const dearer = createBcryptHasher({ cost: 5, pepper: 'one pepper' });
    const stored = await hasher.hash('x');
    expect(dearer.isOutdated(stored)).toBe(true);
    expect(await dearer.verify('x', async () => stored)).toBe(true);
  });

  describe('a password with several Unicode forms', () => {
    const [composed, decomposed] = ['pässwörd', 'pa\u0308sswo\u0308rd'];
    const mixed = 'pässwo\u0308rd';

    /** Creates a hash like older versions of the service, which hashed the text as it was typed. */
    const hashAsTyped = async (password: string) => {
      const digest = createHmac('sha384', 'one pepper').update(password, 'utf8').digest('base64');
      const [, pepperId] = (await hasher.hash('x')).split('$');
      return `v1$${pepperId}$${await bcrypt.hash(digest, cost)}`;
    };

    afterEach(() => {
      jest.restoreAllMocks();
    });

    it.each([composed, decomposed, mixed])('equals %j', async (typed) => {
      for (const set of [composed, decomposed, mixed])
        expect(await hasher.verify(typed, async () => await hasher.hash(set))).toBe(true);
    });

    it.each([
      [composed, composed],
      [composed, decomposed],
      [decomposed, composed],
      [decomposed, decomposed],
      [mixed, mixed],
    ])('verifies a hash of %j with %j', async (hashed, typed) => {
      const stored = await hashAsTyped(hashed);
      expect(await hasher.verify(typed, async () => stored)).toBe(true);
      expect(await hasher.verify(`${typed}!`, async () => stored)).toBe(false);
    });

    it('makes the same number of comparisons for every failure and account', async () => {
      const compare = jest.spyOn(bcrypt, 'compare');
      const comparisonsFor = async (password: string, stored: string | null) => {
        compare.mockClear();
        expect(await hasher.verify(password, async () => stored)).toBe(false);
        return compare.mock.calls.length;
      };
      const known = await hasher.hash('another');
      for (const stored of [known, await hashAsTyped('another'), null, 'nonsense']) {
        expect(await comparisonsFor(composed, stored)).toBe(2);
        expect(await comparisonsFor(decomposed, stored)).toBe(2);
        expect(await comparisonsFor('plain ascii', stored)).toBe(1);
      }
    });
  });
});
