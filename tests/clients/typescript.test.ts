import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createStrataClient,
  StrataError,
  unwrap,
  type SessionState,
  type SessionStorage,
  type StrataClient,
} from '../../clients/typescript/src/index.ts';
import { buildTestApp, type TestApp, type TestUser } from '../helpers/app.ts';

// A time in milliseconds after which an access token has expired, even with the tolerated difference between clocks.
const longMs = 1_000_000;

describe('the TypeScript client', () => {
  let test: TestApp;
  let user: TestUser;
  let sent: Request[];

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    user = await test.buildUser();
    sent = [];
  });

  type Options = Partial<Parameters<typeof createStrataClient>[0]>;

  /** Creates a client that records its requests in `sent`. */
  const makeClient = (options: Options = {}): StrataClient =>
    createStrataClient({
      baseUrl: test.url,
      fetch: (request) => {
        sent.push(request.clone());
        return fetch(request);
      },
      ...options,
    });

  const signedIn = async (options: Options = {}): Promise<StrataClient> => {
    const client = makeClient(options);
    await client.signIn({ email: user.email, password: user.password });
    return client;
  };

  const pathsSent = () => sent.map(({ url }) => new URL(url).pathname.replace('/api/v1', ''));
  const codeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => null,
      (error: unknown) => (error instanceof StrataError ? error.code : error),
    );

  it('calls a route and types its response', async () => {
    const client = await signedIn();
    const { data, error } = await client.GET('/api/v1/users/me');
    const email: string | undefined = data?.data.email;
    expect([email, error]).toEqual([user.email, undefined]);
    const me = await unwrap(client.PATCH('/api/v1/users/me', { body: { name: 'Another' } }));
    expect(me.name).toBe('Another');
  });

  it('sends path and query parameters', async () => {
    const { email, password } = await test.buildUser({ roles: ['admin'] });
    const client = makeClient();
    await client.signIn({ email, password });
    const query = { limit: 1, sort: '-createdAt' };
    const { data } = await client.GET('/api/v1/users', { params: { query } });
    expect(data?.meta.pagination).toMatchObject({ limit: 1 });
    const id = '0195f2d0-0000-7000-8000-000000000000';
    const { error } = await client.GET('/api/v1/users/{id}', { params: { path: { id } } });
    expect(error?.code).toBe('USERS_NOT_FOUND');
  });

  // #region product-imports
  it('sends text unchanged if its content type is not JSON', async () => {
    const manager = await test.buildUser({ roles: ['manager'] });
    const client = makeClient();
    await client.signIn({ email: manager.email, password: manager.password });
    const body = 'sku,name,description,priceMinor,currency,stock\nOAK-1,Oak Lamp,,990,EUR,1\n';
    const call = client.POST('/api/v1/product-imports', { body, headers: { 'Content-Type': 'text/csv' } });
    expect(await unwrap(call)).toMatchObject({ lines: 1 });
  });
  // #endregion

  describe('errors', () => {
    it('have code, request id and details', async () => {
      const client = await signedIn();
      const failing = unwrap(client.PATCH('/api/v1/users/me', { body: { name: '' } }));
      const error = await failing.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StrataError);
      expect(error).toMatchObject({
        name: 'StrataError',
        status: 400,
        code: 'VALIDATION_ERROR',
        requestId: expect.stringMatching(/^[\w.-]+$/),
        details: [expect.objectContaining({ in: 'body', path: 'name' })],
      });
    });

    it('of a proxy have the code UNKNOWN', async () => {
      const client = makeClient({
        fetch: async () => new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
        retry: { attempts: 1 },
      });
      const error = await unwrap(client.GET('/api/v1/users/me')).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ status: 502, code: 'UNKNOWN', message: 'Bad Gateway', requestId: null });
    });

    it('of a wrong password are thrown without a refresh', async () => {
      const client = makeClient();
      const call = client.signIn({ email: user.email, password: 'wrong' });
      expect(await codeOf(call)).toBe('AUTH_INVALID_CREDENTIALS');
      expect(pathsSent()).toEqual(['/auth/login']);
    });
  });

  describe('when the access token has expired', () => {
    it('refreshes it and repeats the call once', async () => {
      const client = await signedIn();
      test.clock.advance(longMs);
      sent = [];
      expect((await unwrap(client.GET('/api/v1/users/me'))).email).toBe(user.email);
      expect(pathsSent()).toEqual(['/users/me', '/auth/refresh', '/users/me']);
      expect(sent[0]?.headers.get('authorization')).not.toBe(sent[2]?.headers.get('authorization'));
    });

    it('refreshes once for ten concurrent calls, including one with a body', async () => {
      const client = await signedIn();
      test.clock.advance(longMs);
      sent = [];
      const reads = Array.from({ length: 9 }, () => unwrap(client.GET('/api/v1/users/me')));
      const change = unwrap(client.PATCH('/api/v1/users/me', { body: { name: 'Changed' } }));
      const [changed, ...read] = await Promise.all([change, ...reads]);
      expect([changed.name, read.length]).toEqual(['Changed', 9]);
      expect(pathsSent().filter((path) => path === '/auth/refresh')).toHaveLength(1);
    });

    it('uses the cookie of each refresh for the next one', async () => {
      const client = await signedIn();
      for (let turn = 0; turn < 3; turn += 1) {
        test.clock.advance(longMs);
        await unwrap(client.GET('/api/v1/users/me'));
      }
      expect(pathsSent().filter((path) => path === '/auth/refresh')).toHaveLength(3);
    });

    it('calls onSignedOut once and stops refreshing when the session has ended too', async () => {
      let signedOutCalls = 0;
      const client = await signedIn({ onSignedOut: () => (signedOutCalls += 1) });
      await test.as(user).post('/auth/logout-all').expect(204);
      sent = [];
      expect(await codeOf(unwrap(client.GET('/api/v1/users/me')))).toBe('UNAUTHENTICATED');
      expect(await codeOf(unwrap(client.GET('/api/v1/users/me')))).toBe('UNAUTHENTICATED');
      expect(pathsSent()).toEqual(['/users/me', '/auth/refresh', '/users/me']);
      expect(signedOutCalls).toBe(1);
      await client.signIn({ email: user.email, password: user.password });
      expect((await unwrap(client.GET('/api/v1/users/me'))).email).toBe(user.email);
    });

    it('does not replace a token that the caller sends', async () => {
      const client = await signedIn();
      const headers = { Authorization: 'Bearer strata_not_a_key' };
      sent = [];
      expect(await codeOf(unwrap(client.GET('/api/v1/users/me', { headers })))).toBe('UNAUTHENTICATED');
      expect(pathsSent()).toEqual(['/users/me']);
    });
  });

  describe('the session', () => {
    it('is ended by signOut, in the service and in the client', async () => {
      const client = await signedIn();
      const token = sent.length === 0 ? '' : await tokenOf(client);
      await client.signOut();
      await test.as({ accessToken: token }).get('/users/me').expect(401);
      expect(await client.resume()).toBe(false);
      expect(await codeOf(unwrap(client.GET('/api/v1/users/me')))).toBe('UNAUTHENTICATED');
    });

    const tokenOf = async (client: StrataClient): Promise<string> => {
      await unwrap(client.GET('/api/v1/users/me'));
      return sent.at(-1)?.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    };

    it('begins with registration, without signing in', async () => {
      const client = makeClient();
      const email = `registered-${user.email}`;
      const body = { email, password: 'correct horse battery', name: 'New' };
      await unwrap(client.POST('/api/v1/auth/register', { body }));
      expect((await unwrap(client.GET('/api/v1/users/me'))).email).toBe(email);
    });

    it('uses the new token after a password change', async () => {
      const client = await signedIn();
      const body = { currentPassword: user.password, newPassword: 'another horse battery' };
      await unwrap(client.POST('/api/v1/auth/password/change', { body }));
      sent = [];
      await unwrap(client.GET('/api/v1/users/me'));
      expect(pathsSent()).toEqual(['/users/me']);
    });

    it('survives the process with a storage', async () => {
      let stored: SessionState | null = null;
      const storage: SessionStorage = {
        load: () => stored,
        save: (state) => {
          stored = state;
        },
      };
      await signedIn({ storage });
      sent = [];
      const next = makeClient({ storage });
      expect((await unwrap(next.GET('/api/v1/users/me'))).email).toBe(user.email);
      test.clock.advance(longMs);
      expect(await makeClient({ storage }).resume()).toBe(true);
      expect(pathsSent()).toEqual(['/users/me', '/auth/refresh']);
      await next.signOut();
      expect(stored).toMatchObject({ accessToken: null });
    });

    it('resumes with the cookie alone, like a reloaded browser page', async () => {
      const cookies = Object.fromEntries([user.cookie.split('=') as [string, string]]);
      const storage = { load: () => ({ accessToken: null, cookies }), save: () => undefined };
      const client = makeClient({ storage });
      expect((await unwrap(client.GET('/api/v1/users/me'))).email).toBe(user.email);
      expect(pathsSent()).toEqual(['/users/me', '/auth/refresh', '/users/me']);
    });

    it('is not shared between clients', async () => {
      await signedIn();
      expect(await codeOf(unwrap(makeClient().GET('/api/v1/users/me')))).toBe('UNAUTHENTICATED');
    });
  });

  describe('a transient failure', () => {
    /**
     * Returns options whose `fetch` fails once for each of these failures: it throws an Error, or returns the Response
     * of a function. Later calls reach the service.
     */
    const failing = (...failures: (Error | (() => Response))[]): Options & { pauses: number[] } => {
      const pauses: number[] = [];
      const left = [...failures];
      return {
        pauses,
        fetch: async (request) => {
          sent.push(request.clone());
          const failure = left.shift();
          if (failure instanceof Error) throw failure;
          return failure === undefined ? fetch(request) : failure();
        },
        retry: {
          sleep: async (ms) => {
            pauses.push(ms);
          },
        },
      };
    };
    const unavailable = (seconds?: string) => () =>
      new Response(JSON.stringify({ status: 'error', code: 'UNAVAILABLE', message: 'No.', requestId: '1' }), {
        status: 503,
        headers: seconds === undefined ? {} : { 'Retry-After': seconds },
      });

    it('is retried for a read with exponential backoff', async () => {
      const options = failing(new TypeError('fetch failed'), unavailable(), unavailable());
      // The last attempt reaches the service, which replies 401.
      const call = unwrap(makeClient(options).GET('/api/v1/users/me'));
      expect(await codeOf(call)).toBe('UNAUTHENTICATED');
      expect(pathsSent()).toEqual([...Array.from({ length: 4 }, () => '/users/me'), '/auth/refresh']);
      for (const [index, pause] of options.pauses.entries()) {
        expect(pause).toBeGreaterThanOrEqual(100 * 2 ** index);
        expect(pause).toBeLessThanOrEqual(200 * 2 ** index);
      }
    });

    it('is retried after Retry-After, unless that is too long', async () => {
      const options = failing(unavailable('3'), unavailable('3600'));
      const call = unwrap(makeClient(options).GET('/api/v1/users/me'));
      expect(await codeOf(call)).toBe('UNAVAILABLE');
      expect(options.pauses).toEqual([3_000]);
      expect(sent).toHaveLength(2);
    });

    it('is thrown after the last attempt', async () => {
      const down = Array.from({ length: 9 }, () => new TypeError('fetch failed'));
      const call = unwrap(makeClient(failing(...down)).GET('/api/v1/users/me'));
      await expect(call).rejects.toThrow('fetch failed');
      expect(sent).toHaveLength(4);
    });

    it('is not retried for a change without an idempotency key', async () => {
      const client = makeClient(failing(new TypeError('fetch failed')));
      const body = { email: 'a@example.com', password: 'correct horse battery', name: 'A' };
      await expect(client.POST('/api/v1/auth/register', { body })).rejects.toThrow('fetch failed');
      expect(sent).toHaveLength(1);
    });
  });
});
