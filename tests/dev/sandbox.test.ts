import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSandboxSettings } from '../../dev/sandbox/settings.ts';
import { openConnection, statusesIn } from '../helpers/raw-connection.ts';
import { sandboxKey, startSandbox, webhookSecret, type TestSandbox } from '../helpers/sandbox.ts';

const charge = { ref: 'order-1', amount: '12.50', currency: 'EUR' };
const held = { ...charge, state: 'holding' };

describe('the payment sandbox', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const hold = (key = 'k1', body: unknown = charge) => sandbox.call('POST', '/charges', { key, body });
  const step = (name: string, key = name) => sandbox.call('POST', `/charges/order-1/${name}`, { key });
  const problemOf = async (response: Response) => {
    const { problem } = (await response.json()) as { problem: string };
    return [response.status, problem];
  };

  it('holds, settles and reverses', async () => {
    expect(await (await hold()).json()).toEqual(held);
    expect(await (await step('settle')).json()).toEqual({ ...charge, state: 'settled' });
    expect(await (await step('reverse')).json()).toEqual({ ...charge, state: 'reversed' });
    expect(await (await sandbox.call('GET', '/charges/order-1')).json()).toEqual({
      ...charge,
      state: 'reversed',
    });
    expect((await sandbox.movements()).map(({ number, kind, key }) => [number, kind, key])).toEqual([
      [1, 'hold', 'k1'],
      [2, 'settle', 'settle'],
      [3, 'reverse', 'reverse'],
    ]);
  });

  it('returns the same response for the same key', async () => {
    await hold();
    await step('release');
    expect(await (await hold()).json()).toEqual(held);
    expect((await step('release')).status).toBe(201);
    expect(await sandbox.ledgerOf('order-1')).toEqual(['hold 12.50', 'release 12.50']);
  });

  it('rejects a reused key, a duplicate ref and an invalid step', async () => {
    await hold();
    expect(await problemOf(await hold('k1', { ...charge, amount: '1.00' }))).toEqual([409, 'key-reused']);
    expect(await problemOf(await hold('k2'))).toEqual([409, 'ref-taken']);
    expect(await problemOf(await step('reverse'))).toEqual([409, 'wrong-state']);
    expect(await problemOf(await step('settle', 'k1'))).toEqual([409, 'key-reused']);
    const nobody = await sandbox.call('POST', '/charges/other/settle', { key: 'k3' });
    expect(await problemOf(nobody)).toEqual([404, 'no-such-charge']);
    expect(await sandbox.ledgerOf('order-1')).toEqual(['hold 12.50']);
  });

  it.each([
    ['no key', () => sandbox.call('POST', '/charges', { body: charge })],
    ['a numeric amount', () => hold('k1', { ...charge, amount: 12.5 })],
    ['no body', () => sandbox.call('POST', '/charges', { key: 'k1' })],
    ['an unknown step', () => step('steal')],
    ['an unknown switch', () => sandbox.call('POST', '/switches', { body: { other: true } })],
  ])('rejects %s', async (_what, send) => {
    expect((await problemOf(await send()))[0]).toBe(400);
    expect(await sandbox.movements()).toEqual([]);
  });

  it.each([
    [404, 'not-found', 'GET', '/nowhere', undefined],
    [405, 'method-not-allowed', 'PUT', '/charges', {}],
    [405, 'method-not-allowed', 'DELETE', '/ledger', undefined],
    [400, 'malformed', 'GET', '/charges/%', undefined],
    [413, 'payload-too-large', 'POST', '/charges', { ref: 'x'.repeat(200_000) }],
  ])('responds %i %s as JSON in every environment: %s %s', async (status, problem, method, path, body) => {
    const response = await sandbox.call(method, path, { key: 'k1', body });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const text = await response.clone().text();
    expect(text).not.toMatch(/<|node_modules|\.ts/);
    expect(await problemOf(response)).toEqual([status, problem]);
  });

  it('rejects a body by its declared length', async () => {
    const connection = await openConnection(sandbox.url);
    const head = ['POST /charges HTTP/1.1', 'Host: a', `Authorization: Bearer ${sandboxKey}`];
    connection.write(...head, 'Content-Type: application/json', 'Content-Length: 1000000000', '', '');
    expect(statusesIn(await connection.ended)).toEqual([413]);
    connection.socket.destroy();
  });

  it('rejects requests without the key', async () => {
    const response = await fetch(`${sandbox.url}/ledger`, { headers: { Authorization: 'Bearer other' } });
    expect(await problemOf(response)).toEqual([401, 'unknown-caller']);
  });

  describe('with simulated faults', () => {
    it('declines everything, or amounts above a limit', async () => {
      await sandbox.setSwitches({ declineAbove: '12.50' });
      expect(await (await hold()).json()).toEqual(held);
      const more = await hold('k2', { ...charge, ref: 'order-2', amount: '12.51' });
      expect(await more.json()).toMatchObject({ state: 'rejected', cause: 'insufficient_funds' });
      await sandbox.setSwitches({ declineAbove: null, decline: true });
      expect(await (await hold('k3', { ...charge, ref: 'order-3' })).json()).toMatchObject({
        state: 'rejected',
      });
    });

    it('executes a request without responding', async () => {
      await sandbox.setSwitches({ timeoutAfterSuccess: true });
      const gone = new AbortController();
      const answer = fetch(`${sandbox.url}/charges`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${sandboxKey}`,
          'Idempotency-Key': 'k1',
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(charge),
        signal: gone.signal,
      }).then(
        () => 'answered',
        () => 'gone',
      );
      while ((await sandbox.movements()).length === 0);
      gone.abort();
      expect(await answer).toBe('gone');
      await sandbox.setSwitches({ timeoutAfterSuccess: false });
      expect(await (await hold()).json()).toEqual(held);
      expect(await sandbox.ledgerOf('order-1')).toEqual(['hold 12.50']);
    });

    it('responds 503 or resets the connection, without executing', async () => {
      await sandbox.setSwitches({ outage: 'unavailable' });
      expect(await problemOf(await hold())).toEqual([503, 'closed']);
      await sandbox.setSwitches({ outage: 'reset' });
      await expect(hold()).rejects.toThrow('fetch failed');
      expect(await sandbox.movements()).toEqual([]);
    });

    it('delays the execution', async () => {
      await sandbox.setSwitches({ latencyMs: 60_000 });
      const gone = AbortSignal.timeout(300);
      const headers = { Authorization: `Bearer ${sandboxKey}` };
      await expect(fetch(`${sandbox.url}/charges/order-1`, { headers, signal: gone })).rejects.toThrow();
      expect(await sandbox.movements()).toEqual([]);
    });
  });

  describe('the ledger file', () => {
    let folder: string;
    let file: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'strata-sandbox-'));
      file = join(folder, 'ledger.jsonl');
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('survives a restart with its keys, and a truncated line', async () => {
      const first = await startSandbox({ ledgerFile: file });
      await first.call('POST', '/charges', { key: 'k1', body: charge });
      await first.close();
      await appendFile(file, '{"number":2,"at":"20');
      const second = await startSandbox({ ledgerFile: file });
      const again = await second.call('POST', '/charges', { key: 'k1', body: charge });
      expect(await again.json()).toEqual(held);
      await second.call('POST', '/charges/order-1/settle', { key: 'k2' });
      expect(await second.ledgerOf('order-1')).toEqual(['hold 12.50', 'settle 12.50']);
      await second.close();
      const kept = (await readFile(file, 'utf8')).trim().split('\n');
      expect(kept.map((line) => (JSON.parse(line) as { number: number }).number)).toEqual([1, 2]);
    });
  });

  describe('webhooks', () => {
    interface Notice {
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
    }
    const notices: Notice[] = [];
    let statuses: number[] = [];
    const receiver = createServer((req, res) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
        notices.push({ headers: req.headers, body: Buffer.concat(chunks).toString() });
        res.writeHead(statuses.shift() ?? 204).end();
      })();
    });
    let noticing: TestSandbox;

    beforeEach(async () => {
      notices.length = 0;
      statuses = [];
      receiver.listen(0, '127.0.0.1');
      await once(receiver, 'listening');
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      noticing = await startSandbox({ webhook: { url, secret: webhookSecret, retryMs: [1, 1, 1] } });
    });
    afterEach(async () => {
      await noticing.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    });

    const until = async (count: number) => {
      while (notices.length < count) await new Promise(setImmediate);
    };

    it('are signed according to Standard Webhooks', async () => {
      await noticing.call('POST', '/charges', { key: 'k1', body: charge });
      await until(1);
      const { headers, body } = notices[0]!;
      const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']].map(String);
      expect(JSON.parse(body)).toEqual({ notice: 'charge.changed', ref: 'order-1', state: 'holding' });
      const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
      expect(Math.abs(Date.now() / 1_000 - Number(timestamp))).toBeLessThan(60);
    });

    it('are retried with the same id until they are accepted', async () => {
      statuses = [500, 404];
      await noticing.call('POST', '/charges', { key: 'k1', body: charge });
      await until(3);
      expect(new Set(notices.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    });

    it('are sent webhookCopies times, and not for a repeated request', async () => {
      await noticing.setSwitches({ webhookCopies: 3 });
      await noticing.call('POST', '/charges', { key: 'k1', body: charge });
      await until(3);
      await noticing.call('POST', '/charges', { key: 'k1', body: charge });
      await noticing.setSwitches({ webhookCopies: 1 });
      await noticing.call('POST', '/charges/order-1/settle', { key: 'k2' });
      await until(4);
      expect(notices.map(({ body }) => (JSON.parse(body) as { state: string }).state)).toEqual([
        'holding',
        'holding',
        'holding',
        'settled',
      ]);
    });
  });
});

describe('sandbox settings', () => {
  const least = { NODE_ENV: 'development', PAYMENT_PROVIDER_KEY: 'key' };

  it('require a key and have defaults', () => {
    expect(readSandboxSettings({ ...least, SANDBOX_LEDGER_FILE: '' })).toEqual({
      SANDBOX_HOST: '127.0.0.1',
      SANDBOX_PORT: 3_900,
      PAYMENT_PROVIDER_KEY: 'key',
    });
    expect(() => readSandboxSettings({ NODE_ENV: 'test' })).toThrow('PAYMENT_PROVIDER_KEY');
    expect(() => readSandboxSettings({ ...least, SANDBOX_WEBHOOK_URL: 'http://localhost' })).toThrow(
      'PAYMENT_WEBHOOK_SECRET',
    );
  });

  it('reject production unless allowed', () => {
    const production = { ...least, NODE_ENV: 'production' };
    expect(() => readSandboxSettings(production)).toThrow('SANDBOX_ALLOWED=true');
    expect(readSandboxSettings({ ...production, SANDBOX_ALLOWED: 'true' })).toMatchObject({
      SANDBOX_PORT: 3_900,
    });
  });
});
