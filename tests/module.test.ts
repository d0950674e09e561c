import { afterAll, describe, expect, it } from '@jest/globals';
import { usersModule } from '../src/api/users/index.ts';
import { createApp } from '../src/app.ts';
import type { AccountAnnouncer } from '../src/core/account-hooks.ts';
import { defineModule, type ModuleDefinition, type ModuleInstance } from '../src/module.ts';
import type { PersonalData } from '../src/core/personal-data.ts';
import { noContent } from '../src/http/reply.ts';
import { route } from '../src/http/route.ts';
import { integer, withDefault } from '../src/core/schema.ts';
import { createDependencies } from '../src/process/dependencies.ts';
import { testConfig } from './helpers/config.ts';
import { createMemoryLogger } from './helpers/fakes.ts';

const logger = createMemoryLogger();

const build = (...definitions: ModuleDefinition[]) => {
  const config = testConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, definitions);
  return createApp({ ...createDependencies(config, definitions), logger }, definitions);
};

const plain = (name: string, parts: Partial<ModuleInstance<object>> = {}): ModuleDefinition<object> =>
  defineModule({ name, path: `/${name}`, create: () => ({ api: {}, routes: [], ...parts }) });

describe('modules', () => {
  const numbers = defineModule({
    name: 'numbers',
    path: '/numbers',
    create: () => ({ api: { next: () => 7 }, routes: [] }),
  });
  const readers = defineModule({
    name: 'readers',
    path: '/readers',
    create: ({ use }) => ({ api: { read: () => use(numbers).next() satisfies number }, routes: [] }),
  });
  const eager = defineModule({
    name: 'eager',
    path: '/eager',
    create: ({ use }) => ({ api: { first: use(numbers).next() }, routes: [] }),
  });

  it('get at the public interface of those before them', () => {
    const { modules } = build(numbers, readers, eager);
    expect(modules.instances.get('eager')?.api).toEqual({ first: 7 });
  });

  it('that use one listed later are told what to do', () => {
    expect(() => build(eager, numbers)).toThrow(
      'Module "eager" uses "numbers": list "numbers" before it in modules.ts.',
    );
  });

  it('that use one not listed are told the same', () => {
    expect(() => build(eager)).toThrow('list "numbers" before it');
  });

  it('cannot share a name', () => {
    expect(() => build(plain('twice'), plain('twice'))).toThrow(
      'Two modules are called "twice": rename one.',
    );
  });

  it('cannot grant what they do not declare', () => {
    const wrong = defineModule({
      name: 'wrong',
      path: '/wrong',
      grants: { user: ['wrong:do'] },
      create: () => ({ api: {}, routes: [] }),
    });
    expect(() => build(wrong)).toThrow('Module "wrong" grants "wrong:do" to user without declaring it');
  });

  it('cannot need a permission that nobody declares', () => {
    const access = { permission: 'wrong:do' };
    const facts = { method: 'post', path: '/:id', summary: 'Do', replies: { 204: null } } as const;
    const wrong = plain('wrong', { routes: [route({ ...facts, access, handle: () => noContent() })] });
    expect(() => build(wrong)).toThrow(
      'POST /api/v1/wrong/:id needs "wrong:do", which no module declares: add it to the module\'s permissions.',
    );
  });

  it('get the settings that they declare, and no others', () => {
    let seen: object = {};
    const settled = defineModule({
      name: 'settled',
      path: '/settled',
      settings: { SHELF_COUNT: withDefault(integer(1, 9), 3) },
      create: ({ settings }) => {
        settings.SHELF_COUNT satisfies number;
        seen = settings;
        return { api: {}, routes: [] };
      },
    });
    build(plain('other'), settled);
    expect(seen).toEqual({ SHELF_COUNT: 3 });
  });

  it('are data until they are built', () => {
    expect(usersModule.permissions).toHaveProperty('users:manage');
    expect(plain('bare')).toMatchObject({
      entities: [],
      migrations: [],
      permissions: {},
      grants: {},
      settings: {},
    });
  });

  it('know what all of them hold about a person, those listed later too', () => {
    let read: (() => ReadonlyMap<string, PersonalData>) | undefined;
    const asking = defineModule({
      name: 'asking',
      path: '/asking',
      create: ({ personalData }) => {
        read = personalData;
        return { api: {}, routes: [] };
      },
    });
    const held: PersonalData = { exportFor: async () => ['x'], eraseFor: async () => undefined };
    build(asking, plain('silent'), plain('holding', { personalData: held }));
    expect(read?.().get('holding')).toBe(held);
    expect(read?.().has('silent')).toBe(false);
  });

  it('hear what happened to an account, the last one first, and say what they did about it', async () => {
    let accounts: AccountAnnouncer | undefined;
    const asking = defineModule({
      name: 'asking',
      path: '/asking',
      create: (context) => {
        ({ accounts } = context);
        return { api: {}, routes: [] };
      },
    });
    const saying = (words: string) => async (userId: string) => [
      { en: `${words} ${userId}`, de: `${words} ${userId}` },
    ];
    const both = { onEmailVerified: saying('one removed'), onPasswordReset: saying('one left') };
    build(
      asking,
      plain('one', both),
      plain('silent'),
      plain('two', { onEmailVerified: saying('two removed') }),
    );
    const proven = await accounts?.emailVerified('ann');
    expect(proven?.map(({ en }) => en)).toEqual(['two removed ann', 'one removed ann']);
    expect((await accounts?.passwordReset('ann'))?.map(({ en }) => en)).toEqual(['one left ann']);
  });

  it('may have routes below the path of another', () => {
    const facts = { method: 'post', summary: 'Do', access: 'authenticated', replies: { 204: null } } as const;
    const at = (path: string) => route({ ...facts, path, handle: () => noContent() });
    const guest = plain('guest', { routes: [at('/:id')], routesElsewhere: { '/host': [at('/:id/guest')] } });
    const { routes } = build(plain('host', { routes: [at('/')] }), guest).modules;
    expect(routes.map(({ module, path }) => [module, path])).toEqual([
      ['host', '/api/v1/host'],
      ['guest', '/api/v1/guest/:id'],
      ['guest', '/api/v1/host/:id/guest'],
    ]);
  });
});

describe('start and stop', () => {
  const events: string[] = [];
  const live = (name: string, parts: Partial<ModuleInstance<object>> = {}) =>
    plain(name, {
      start: async () => {
        events.push(`start ${name}`);
      },
      stop: async () => {
        events.push(`stop ${name}`);
      },
      ...parts,
    });
  afterAll(() => {
    events.length = 0;
  });

  it('run in order and in reverse', async () => {
    events.length = 0;
    const app = build(live('a'), plain('silent'), live('b'));
    await app.start();
    await app.stop();
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('do not stop twice, nor what never started', async () => {
    events.length = 0;
    const app = build(live('a'));
    await app.stop();
    expect(events).toEqual([]);
    await app.start();
    await app.stop();
    await app.stop();
    expect(events).toEqual(['start a', 'stop a']);
  });

  it('stop the others when one fails to, and log it', async () => {
    events.length = 0;
    const rejecting = live('b', { stop: () => Promise.reject(new Error('b is stuck')) });
    const throwing = live('c', {
      stop: () => {
        throw new Error('c is stuck');
      },
    });
    const app = build(live('a'), rejecting, throwing, live('d'));
    await app.start();
    await app.stop();
    expect(events.slice(-2)).toEqual(['stop d', 'stop a']);
    const failures = logger.lines.filter(({ message }) => message === 'A module failed to stop.');
    expect(failures.map(({ fields }) => String(fields['error']))).toEqual([
      'Error: c is stuck',
      'Error: b is stuck',
    ]);
  });

  it('stop those that started when a later one did not', async () => {
    events.length = 0;
    const failing = live('b', { start: () => Promise.reject(new Error('b does not start')) });
    const app = build(live('a'), failing, live('c'));
    await expect(app.start()).rejects.toThrow('b does not start');
    await app.stop();
    expect(events).toEqual(['start a', 'stop a']);
  });
});
