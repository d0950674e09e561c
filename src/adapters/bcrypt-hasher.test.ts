import { describe, expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { createBcryptHasher } from './bcrypt-hasher.ts';

const cost = 4;
const hasher = createBcryptHasher({ cost, pepper: 'one pepper' });

describe('the bcrypt hasher', () => {
  it('knows a password again, and no other', async () => {
    const stored = await hasher.hash('correct horse');
    expect(stored).toMatch(/^v1\$[A-Za-z0-9_-]{8}\$\$2b\$04\$/);
    expect(stored).not.toContain('correct');
    expect(await hasher.verify('correct horse', async () => stored)).toBe(true);
    expect(await hasher.verify('correct horsE', async () => stored)).toBe(false);
    expect(await hasher.verify('', async () => stored)).toBe(false);
  });

  it('never makes the same hash twice', async () => {
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('looks at every byte: behind the 72nd, behind NUL, and of every alphabet', async () => {
    const long = 'x'.repeat(100);
    const stored = await hasher.hash(`${long}a`);
    expect(await hasher.verify(`${long}a`, async () => stored)).toBe(true);
    expect(await hasher.verify(`${long}b`, async () => stored)).toBe(false);
    expect(await hasher.verify('a\0c', async () => await hasher.hash('a\0b'))).toBe(false);
    // Byte by byte: what looks alike is not alike.
    expect(await hasher.verify('e\u0301', async () => await hasher.hash('\u00e9'))).toBe(false);
  });

  it('needs the pepper', async () => {
    const stored = await hasher.hash('correct horse');
    const other = createBcryptHasher({ cost, pepper: 'another pepper' });
    expect(await other.verify('correct horse', async () => stored)).toBe(false);
    expect(other.isOutdated(stored)).toBe(true);
    const [, , ...hash] = stored.split('$');
    expect(await bcrypt.compare('correct horse', hash.join('$'))).toBe(false);
  });

  it('says no to nobody and to nonsense, without throwing', async () => {
    expect(await hasher.verify('x', async () => null)).toBe(false);
    expect(await hasher.verify('x', async () => '')).toBe(false);
    expect(await hasher.verify('x', async () => await bcrypt.hash('x', cost))).toBe(false);
  });

  it('takes as long for nobody as for somebody', async () => {
    const slow = createBcryptHasher({ cost: 10, pepper: 'one pepper' });
    const stored = await slow.hash('correct horse');
    await slow.verify('warm up', async () => null);
    // The best of several: a busy machine makes any one of them slow.
    const timeOf = async (hash: string | null) => {
      const times: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const started = performance.now();
        await slow.verify('wrong', async () => hash);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    // A hash of cost 10 takes tens of milliseconds, and no comparison at all a fraction of one.
    expect(await timeOf(null)).toBeGreaterThan((await timeOf(stored)) / 4);
  });

  it('knows its own hashes from those of another cost', async () => {
    expect(hasher.isOutdated(await hasher.hash('x'))).toBe(false);
    const dearer = createBcryptHasher({ cost: 5, pepper: 'one pepper' });
    const stored = await hasher.hash('x');
    expect(dearer.isOutdated(stored)).toBe(true);
    expect(await dearer.verify('x', async () => stored)).toBe(true);
  });
});
