import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createStrataClient, StrataError, unwrap } from '../../clients/typescript/src/index.ts';
import { buildTestApp, type TestApp, type TestUser } from '../helpers/app.ts';
import { buildProduct } from '../helpers/factories.ts';

describe('the TypeScript client and idempotency keys', () => {
  let test: TestApp;
  let user: TestUser;
  let productId: string;
  let keys: (string | null)[];

  beforeAll(async () => {
    test = await buildTestApp();
    ({ id: productId } = await buildProduct(test, await test.buildUser({ roles: ['manager'] }), {
      stock: 99,
    }));
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    user = await test.buildUser();
    keys = [];
  });

  const order = () => ({ items: [{ productId, quantity: 1 }] });

  /**
   * Returns a signed-in client. Each function of `attempts` handles one request that places an order. Later requests
   * reach the service.
   */
  async function signedIn(...attempts: ((request: Request) => Promise<Response>)[]) {
    const client = createStrataClient({
      baseUrl: test.url,
      retry: { sleep: async () => undefined },
      fetch: async (request) => {
        if (!request.url.endsWith('/orders') || request.method !== 'POST') return fetch(request);
        keys.push(request.headers.get('idempotency-key'));
        return (attempts.shift() ?? fetch)(request);
      },
    });
    await client.signIn({ email: user.email, password: user.password });
    return client;
  }

  const ordersOf = async (): Promise<number> => {
    const { body } = await test.as(user).get('/orders').expect(200);
    return (body as { data: unknown[] }).data.length;
  };

  it('generates a new key for each call', async () => {
    const client = await signedIn();
    await unwrap(client.POST('/api/v1/orders', { body: order() }));
    await unwrap(client.POST('/api/v1/orders', { body: order() }));
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('sends the key of the caller', async () => {
    const client = await signedIn();
    const header = { 'Idempotency-Key': 'a-key-of-the-callers-own' };
    await unwrap(client.POST('/api/v1/orders', { body: order(), params: { header } }));
    expect(keys).toEqual(['a-key-of-the-callers-own']);
  });

  it('places one order although the response is lost twice', async () => {
    const lose = async (request: Request): Promise<Response> => {
      await fetch(request);
      throw new TypeError('fetch failed');
    };
    const client = await signedIn(lose, lose);
    const placed = await unwrap(client.POST('/api/v1/orders', { body: order() }));
    expect(placed.status).toBe('pending');
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(await ordersOf()).toBe(1);
  });

  it('retries while the first attempt is in progress', async () => {
    const error = { status: 'error', code: 'IDEMPOTENCY_IN_FLIGHT', message: 'Wait.', requestId: '1' };
    const client = await signedIn(async () => Response.json(error, { status: 409 }));
    await unwrap(client.POST('/api/v1/orders', { body: order() }));
    expect(new Set(keys).size).toBe(1);
    expect(keys).toHaveLength(2);
  });

  it('does not retry a refused order', async () => {
    const client = await signedIn();
    const call = unwrap(client.POST('/api/v1/orders', { body: { items: [{ productId, quantity: 1_000 }] } }));
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StrataError);
    expect(error).toMatchObject({ status: 409, code: 'ORDERS_OUT_OF_STOCK' });
    expect(keys).toHaveLength(1);
  });

  it('sends the same key after a token refresh', async () => {
    const client = await signedIn();
    test.clock.advance(1_000_000);
    await unwrap(client.POST('/api/v1/orders', { body: order() }));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });
});
