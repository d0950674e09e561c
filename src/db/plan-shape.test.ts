import { describe, expect, it } from '@jest/globals';
import { planShape } from './plan-shape.ts';

describe('planShape', () => {
  it('lists nodes with tables and indexes, without conditions', () => {
    const scan = { 'Node Type': 'Index Scan', 'Index Name': 'users_email_key', 'Relation Name': 'users' };
    const plan = {
      'Node Type': 'Nested Loop',
      Plans: [
        { 'Node Type': 'Seq Scan', 'Relation Name': 'orders', Filter: "(note = 'secret')" },
        { 'Node Type': 'Memoize', Plans: [scan] },
      ],
    };
    expect(planShape([{ Plan: { 'Node Type': 'Limit', Plans: [plan] } }])).toBe(
      'Limit > Nested Loop > (Seq Scan on orders, Memoize > Index Scan users_email_key on users)',
    );
  });

  it.each([undefined, null, 'text', [], [{}]])('returns null for %j', (answer) => {
    expect(planShape(answer)).toBeNull();
  });
});
