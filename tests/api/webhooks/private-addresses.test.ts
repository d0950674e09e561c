import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createOutgoingHttp } from '../../../src/adapters/outgoing-http.ts';
import type { OutgoingPost } from '../../../src/core/ports.ts';
import type { TestApp } from '../../helpers/app.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  deliveriesOf,
  runAttempt,
  runWaitingAttempts,
  waitingAttempts,
  webhookModules,
  type Receiver,
} from '../../helpers/webhooks.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('a delivery to a private address', () => {
  let test: TestApp;
  let receiver: Receiver;
  let resolved: string[];

  beforeAll(async () => {
    receiver = await buildReceiver();
    // Resolve the name to the next address in `resolved`: a public one for the first delivery and a private one for the
    // second (DNS rebinding). This client treats 127.0.0.1 as public.
    const outgoingHttp = createOutgoingHttp({
      isPublic: (address) => address === '127.0.0.1',
      resolve: async () => [{ address: resolved.shift() ?? '10.0.0.1', family: 4 }],
    });
    test = await buildWebhookApp({ outgoingHttp, settings: { WEBHOOKS_ALLOW_PRIVATE: 'false' } });
  });
  beforeEach(() => {
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('fails, even if the name resolved to a public address before', async () => {
    const user = await test.buildUser();
    const endpoint = await buildEndpoint(test, user, {
      url: `http://rebinding.example.com:${receiver.port}/`,
    });
    resolved = ['127.0.0.1', '10.0.0.1'];
    await deliverBellRang(test, user.id, 'first');
    await runWaitingAttempts(test);
    await deliverBellRang(test, user.id, 'second');
    await runWaitingAttempts(test);
    expect(receiver.received).toHaveLength(1);
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([
      {
        status: 'pending',
        responseStatus: null,
        lastError: 'The host resolves to an address that is not public.',
      },
      { status: 'delivered' },
    ]);
  });
});

describe('a delivery attempt', () => {
  let posts: OutgoingPost[];
  let refusal: Error | null;
  let test: TestApp;

  const outgoingHttp = {
    post: async (post: OutgoingPost) => {
      posts.push(post);
      if (refusal !== null) throw refusal;
      return { status: 204, body: '' };
    },
  };

  beforeAll(async () => {
    test = await buildWebhookApp({ outgoingHttp, settings: { WEBHOOKS_ALLOW_PRIVATE: 'false' } });
  });
  beforeEach(() => {
    posts = [];
    refusal = null;
  });
  afterEach(() => runWaitingAttempts(test));
  afterAll(() => test.close());

  it('has a timeout of 5 seconds and a response limit of 64 kB', async () => {
    const user = await test.buildUser();
    await buildEndpoint(test, user);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    expect(posts).toMatchObject([{ timeoutMs: 5_000, responseMaxBytes: 65_536, allowsPrivate: false }]);
  });

  it('is not counted if the process stops during it', async () => {
    const user = await test.buildUser();
    const endpoint = await buildEndpoint(test, user);
    await deliverBellRang(test, user.id);
    const [job] = await waitingAttempts(test);
    refusal = new Error('aborted');
    await expect(runAttempt(test, job!, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([{ status: 'pending', attempts: 0 }]);
  });

  it('stores the reason if there is no response', async () => {
    const user = await test.buildUser();
    const endpoint = await buildEndpoint(test, user);
    await deliverBellRang(test, user.id);
    refusal = new Error('certificate has expired');
    await runWaitingAttempts(test);
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([
      { lastError: 'certificate has expired', responseStatus: null },
    ]);
    refusal = null;
  });
});

describe('WEBHOOKS_ALLOW_PRIVATE', () => {
  const production = {
    NODE_ENV: 'production',
    BCRYPT_COST: '10',
    RATE_LIMIT_GLOBAL_PER_MINUTE: '1000',
    RATE_LIMIT_AUTH_PER_15_MINUTES: '1000',
    RATE_LIMIT_WRITES_PER_MINUTE: '1000',
  };
  const warning =
    'WEBHOOKS_ALLOW_PRIVATE is on in production: every user can make this service call private addresses.';
  const create = async (test: TestApp, url: string) => {
    const body = { url, events: ['bell.rang'] };
    const response = await test
      .as(await test.buildUser())
      .post('/webhook-endpoints')
      .send(body);
    return response.status;
  };

  it('is off in production by default, and plain http is rejected', async () => {
    await withTestApp({ modules: webhookModules, settings: production }, async (test) => {
      expect(await create(test, 'https://127.0.0.1/')).toBe(400);
      expect(await create(test, 'http://hooks.example.com/')).toBe(400);
      expect(await create(test, 'https://hooks.example.com/')).toBe(201);
      expect(test.logger.lines.map(({ message }) => message)).not.toContain(warning);
    });
  });

  it('logs a warning at each start if it is on in production', async () => {
    const settings = { ...production, WEBHOOKS_ALLOW_PRIVATE: 'true' };
    await withTestApp({ modules: webhookModules, settings }, async (test) => {
      expect(await create(test, 'https://127.0.0.1/')).toBe(201);
      expect(test.logger.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: warning }));
    });
  });
});
