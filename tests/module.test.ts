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
import { textsOf } from './helpers/texts.ts';

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

  it('can use the API of modules listed before them', () => {
    const { modules } = build(numbers, readers, eager);
    expect(modules.instances.get('eager')?.api).toEqual({ first: 7 });
  });

  it('cannot use a module listed later', () => {
    expect(() => build(eager, numbers)).toThrow(
      'Module "eager" uses "numbers": list "numbers" before it in modules.ts.',
    );
  });

  it('cannot use a module that is not listed', () => {
    expect(() => build(eager)).toThrow('list "numbers" before it');
  });

  it('cannot share a name', () => {
    expect(() => build(plain('twice'), plain('twice'))).toThrow(
      'Two modules are called "twice": rename one.',
    );
  });

  it('cannot grant a permission that they do not declare', () => {
    const wrong = defineModule({
      name: 'wrong',
      path: '/wrong',
      grants: { user: ['wrong:do'] },
      create: () => ({ api: {}, routes: [] }),
    });
    expect(() => build(wrong)).toThrow('Module "wrong" grants "wrong:do" to user without declaring it');
  });

  it('cannot require a permission that no module declares', () => {
    const access = { permission: 'wrong:do' };
    const facts = { method: 'post', path: '/:id', summary: 'Do', replies: { 204: null } } as const;
    const wrong = plain('wrong', { routes: [route({ ...facts, access, handle: () => noContent() })] });
    expect(() => build(wrong)).toThrow(
      'POST /api/v1/wrong/:id requires "wrong:do", which no module declares: add it to the module\'s permissions.',
    );
  });

  it('receive exactly the settings that they declare', () => {
    let seen: object = {};
    const configured = defineModule({
      name: 'configured',
      path: '/configured',
      settings: { SHELF_COUNT: withDefault(integer(1, 9), 3) },
      create: ({ settings }) => {
        settings.SHELF_COUNT satisfies number;
        seen = settings;
        return { api: {}, routes: [] };
      },
    });
    build(plain('other'), configured);
    expect(seen).toEqual({ SHELF_COUNT: 3 });
  });

  it('can be read without being created', () => {
    expect(usersModule.permissions).toHaveProperty('users:manage');
    expect(plain('bare')).toMatchObject({
      entities: [],
      migrations: [],
      permissions: {},
      grants: {},
      settings: {},
    });
  });

  it('can read the personal data of every module, also of those listed later', () => {
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

  it('run their account hooks in reverse order and return what these did', async () => {
    let accounts: AccountAnnouncer | undefined;
    const asking = defineModule({
      name: 'asking',
      path: '/asking',
      create: (context) => {
        ({ accounts } = context);
        return { api: {}, routes: [] };
      },
    });
    const returning = (words: string) => async (userId: string) => [textsOf(`${words} ${userId}`)];
    const both = { onEmailVerified: returning('one removed'), onPasswordReset: returning('one left') };
    build(
      asking,
      plain('one', both),
      plain('silent'),
      plain('two', { onEmailVerified: returning('two removed') }),
    );
    const results = await accounts?.emailVerified('ann');
    expect(results?.map(({ en }) => en)).toEqual(['two removed ann', 'one removed ann']);
    expect((await accounts?.passwordReset('ann'))?.map(({ en }) => en)).toEqual(['one left ann']);
  });

  it('can have routes below the path of another module', () => {
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

describe('start and stop of modules', () => {
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

  it('start in order and stop in reverse order', async () => {
    events.length = 0;
    const app = build(live('a'), plain('silent'), live('b'));
    await app.start();
    await app.stop();
    expect(events).toEqual(['start a', 'start b', 'stop b', 'stop a']);
  });

  it('stop only once, and only after they started', async () => {
    events.length = 0;
    const app = build(live('a'));
    await app.stop();
    expect(events).toEqual([]);
    await app.start();
    await app.stop();
    await app.stop();
    expect(events).toEqual(['start a', 'stop a']);
  });

  it('stop also if another module fails to stop, and log the failure', async () => {
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

  it('stop if a later module fails to start', async () => {
    events.length = 0;
    const failing = live('b', { start: () => Promise.reject(new Error('b does not start')) });
    const app = build(live('a'), failing, live('c'));
    await expect(app.start()).rejects.toThrow('b does not start');
    await app.stop();
    expect(events).toEqual(['start a', 'stop a']);
  });
});
