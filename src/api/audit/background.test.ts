import { describe, expect, it } from '@jest/globals';
import { createMemoryLogger } from '../../../tests/helpers/fakes.ts';
import { currentContext, runInContext } from '../../core/context.ts';
import { Background } from './background.ts';

const request = { requestId: 'r', ip: '', userAgent: null, language: null, isExpired: true };

describe('Background', () => {
  it('runs tasks one after another, all before settle resolves', async () => {
    const background = new Background(createMemoryLogger());
    const done: string[] = [];
    const slow = (name: string) => async () => {
      done.push(`${name} begins`);
      await Promise.resolve();
      done.push(`${name} ends`);
    };
    background.add('a', slow('a'));
    background.add('b', slow('b'));
    await background.settle();
    expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    background.add('c', slow('c'));
    await background.settle();
    expect(done).toHaveLength(6);
  });

  it('adds a key only if it is not waiting', async () => {
    const background = new Background(createMemoryLogger());
    let times = 0;
    const count = async () => {
      times += 1;
      if (times === 1) for (const _again of [1, 2, 3]) background.add('same', count);
    };
    background.add('same', count);
    await background.settle();
    expect(times).toBe(2);
  });

  it('logs a failure and continues', async () => {
    const logger = createMemoryLogger();
    const background = new Background(logger);
    const error = new Error('SENTINEL');
    let isDone = false;
    background.add('bad', () => Promise.reject(error));
    background.add('good', async () => {
      isDone = true;
    });
    await background.settle();
    expect(isDone).toBe(true);
    expect(logger.lines).toEqual([
      expect.objectContaining({ level: 'error', fields: { suspicion: 'bad', error } }),
    ]);
  });

  it('runs outside the request that adds the work', async () => {
    const background = new Background(createMemoryLogger());
    let context: unknown = 'unknown';
    runInContext(request, () => {
      background.add('work', async () => {
        context = currentContext();
      });
    });
    await background.settle();
    expect(context).toBeUndefined();
  });
});
