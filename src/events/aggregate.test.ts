import { describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { Aggregate, defineAggregate, when } from './aggregate.ts';
import { defineEvent, UnknownEvent } from './events.ts';
import { object } from '../core/schema.ts';

const raised = defineEvent({
  type: 'tests.raised',
  aggregate: 'account',
  version: 2,
  schema: object({ by: Joi.number() }),
  upcasters: { 1: (by: number) => ({ by }) },
});
const closed = defineEvent({ type: 'tests.closed', aggregate: 'account', schema: object({}) });
const foreign = defineEvent({ type: 'tests.foreign', aggregate: 'other', schema: object({}) });

const kind = defineAggregate<{ balance: number }>({
  type: 'account',
  initial: { balance: 0 },
  folds: [when(raised, ({ balance }, { by }) => ({ balance: balance + by }))],
});

class Account extends Aggregate<{ balance: number }> {
  constructor() {
    super(kind, 'a1');
  }

  put(by: number): void {
    this.raise(raised, { by });
  }

  close(): void {
    this.raise(closed, {});
  }
}

describe('Aggregate', () => {
  it('applies raised events and keeps them until they are stored', () => {
    const account = new Account();
    expect([account.version, account.state]).toEqual([0, { balance: 0 }]);
    account.put(2);
    account.put(3);
    expect([account.version, account.state]).toEqual([2, { balance: 5 }]);
    expect(account.raised).toEqual([
      { definition: raised, payload: { by: 2 } },
      { definition: raised, payload: { by: 3 } },
    ]);
    account.markStored();
    expect([account.version, account.raised]).toEqual([2, []]);
  });

  it('replays stored events, upcasting older versions', () => {
    const account = new Account();
    account.replay([
      { type: 'tests.raised', schemaVersion: 1, data: 4 },
      { type: 'tests.raised', schemaVersion: 2, data: { by: 1 } },
    ]);
    expect([account.version, account.state, account.raised]).toEqual([2, { balance: 5 }, []]);
  });

  it('continues from a snapshot', () => {
    const account = new Account();
    account.restore({ balance: 10 }, 7);
    account.put(1);
    expect([account.version, account.state]).toEqual([8, { balance: 11 }]);
  });

  it('rejects a payload that does not match the schema, and an event without a fold', () => {
    const account = new Account();
    expect(() => account.put('1' as unknown as number)).toThrow('"tests.raised" does not match its schema');
    expect(() => account.close()).toThrow('has no fold for event "tests.closed"');
    expect([account.version, account.state, account.raised]).toEqual([0, { balance: 0 }, []]);
  });

  it.each([
    ['a type', 'tests.closed', 1],
    ['a version', 'tests.raised', 3],
  ])('does not skip %s that is unknown', (_what, type, schemaVersion) => {
    expect(() => new Account().replay([{ type, schemaVersion, data: {} }])).toThrow(UnknownEvent);
  });
});

describe('defineAggregate', () => {
  it('rejects an event of another aggregate and one folded twice', () => {
    const fold = when(closed, (state: object) => state);
    const define = (...folds: (typeof fold)[]) => defineAggregate({ type: 'account', initial: {}, folds });
    expect(() => define(when(foreign, (state: object) => state))).toThrow('belongs to aggregate "other"');
    expect(() => define(fold, fold)).toThrow('folded twice');
  });
});
