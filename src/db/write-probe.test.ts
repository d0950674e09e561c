import { describe, expect, it } from '@jest/globals';
import { WriteProbe } from './write-probe.ts';

const failure = (code: string) => Object.assign(new Error('on purpose'), { code });

describe('WriteProbe', () => {
  it.each(['25006', '53100', '58030', 'XX001'])('reports %s for ten seconds', (code) => {
    let nowMs = 1_000;
    const writes = new WriteProbe(() => nowMs);
    expect(writes.hasFailed).toBe(false);
    writes.recordFailure(failure(code));
    nowMs += 9_999;
    expect(writes.hasFailed).toBe(true);
    nowMs += 1;
    expect(writes.hasFailed).toBe(false);
  });

  it.each(['23505', '40001', '57014'])('ignores %s', (code) => {
    const writes = new WriteProbe();
    writes.recordFailure(failure(code));
    expect(writes.hasFailed).toBe(false);
  });

  it('is due immediately and every five seconds', () => {
    let nowMs = 0;
    const writes = new WriteProbe(() => nowMs);
    const seen = [0, 4_999, 1, 0].map((stepMs) => {
      nowMs += stepMs;
      return writes.isDue();
    });
    expect(seen).toEqual([true, false, true, false]);
  });
});
