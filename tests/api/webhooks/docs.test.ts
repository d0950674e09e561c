import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { retryDelaysSeconds } from '../../../src/api/webhooks/attempt.service.ts';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  runWaitingAttempts,
  type ReceivedRequest,
  type Receiver,
  type TestEndpoint,
} from '../../helpers/webhooks.ts';

type IsGenuine = (headers: IncomingHttpHeaders, body: string, secret: string) => boolean;

describe('docs/webhooks.md', () => {
  let test: TestApp;
  let receiver: Receiver;
  let user: TestUser;
  let endpoint: TestEndpoint;
  let page: string;
  let isGenuine: IsGenuine;
  let received: ReceivedRequest;

  beforeAll(async () => {
    page = await readFile(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8');
    const [, code = ''] = /```js\n(.*?)```/s.exec(page) ?? [];
    ({ isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      isGenuine: IsGenuine;
    });
    test = await buildWebhookApp();
    receiver = await buildReceiver();
    user = await test.buildUser();
    endpoint = await buildEndpoint(test, user, { url: receiver.url });
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    received = receiver.received[0]!;
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('shows code that accepts a genuine message', () => {
    expect(isGenuine(received.headers, received.body, endpoint.secret)).toBe(true);
  });

  it('shows code that rejects a forged message', async () => {
    const { headers, body } = received;
    const { secret } = await buildEndpoint(test, user);
    expect(isGenuine(headers, body, secret)).toBe(false);
    expect(isGenuine(headers, `${body} `, endpoint.secret)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-id': endpoint.id }, body, endpoint.secret)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-timestamp': 'now' }, body, endpoint.secret)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-signature': 'v1,short' }, body, endpoint.secret)).toBe(false);
  });

  it('shows code that rejects an old message', async () => {
    test.clock.advance(-301_000);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    test.clock.advance(301_000);
    const { headers, body } = receiver.received.at(-1)!;
    expect(isGenuine(headers, body, endpoint.secret)).toBe(false);
  });

  it('shows code that accepts either secret after a rotation', async () => {
    const old = await buildEndpoint(test, user, { url: `${receiver.url}/rotated` });
    const response = await test.as(user).post(`/webhook-endpoints/${old.id}/rotate-secret`).expect(200);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    const { headers, body } = receiver.received.findLast(({ path }) => path === '/hooks/rotated')!;
    for (const secret of [old.secret, response.body.data.secret as string])
      expect(isGenuine(headers, body, secret)).toBe(true);
  });

  it('lists the actual retry delays', () => {
    const [, text = ''] = /tried again after 5 seconds, ([^:]*) hours:/.exec(page) ?? [];
    const [minutes = '', hours = ''] = text.split(' minutes, ');
    const numbers = (list: string) => [...list.matchAll(/\d+/g)].map(Number);
    expect(retryDelaysSeconds).toEqual([
      5,
      ...numbers(minutes).map((count) => count * 60),
      ...numbers(hours).map((count) => count * 3_600),
    ]);
    expect(page).toContain('twelve attempts in just under three days');
    expect(retryDelaysSeconds.reduce((sum, delay) => sum + delay, 0)).toBeLessThan(3 * 86_400);
  });
});
