import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutgoingPost } from '../core/ports.ts';
import { createOutgoingHttp } from './outgoing-http.ts';

describe('createOutgoingHttp', () => {
  let server: Server;
  let port: number;
  let connections: number;
  let bodies: string[];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(body);
        answer(response);
      });
    });
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    connections = 0;
    bodies = [];
    answer = (response) => response.writeHead(200).end('thanks');
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = (url: string, overrides: Partial<OutgoingPost> = {}): OutgoingPost => ({
    url,
    headers: { 'Content-Type': 'application/json' },
    body: '{"ü":1}',
    timeoutMs: 20_000,
    responseMaxBytes: 1_024,
    allowsPrivate: false,
    signal: new AbortController().signal,
    ...overrides,
  });
  const toServer = (overrides: Partial<OutgoingPost> = {}): OutgoingPost =>
    post(`http://127.0.0.1:${port}/hooks`, { allowsPrivate: true, ...overrides });
  const notPublic = 'The host resolves to an address that is not public.';

  it('posts the body and returns the status and text of the response', async () => {
    await expect(createOutgoingHttp().post(toServer())).resolves.toEqual({ status: 200, body: 'thanks' });
    expect(bodies).toEqual(['{"ü":1}']);
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[::]',
    '169.254.169.254',
  ])('never connects to %s', async (host) => {
    await expect(createOutgoingHttp().post(post(`http://${host}:${port}/`))).rejects.toThrow(notPublic);
    expect(connections).toBe(0);
  });

  it.each([
    ['a name of this machine', 'http://localhost'],
    ['the same by https', 'https://localhost'],
  ])('never connects to %s', async (_what, origin) => {
    await expect(createOutgoingHttp().post(post(`${origin}:${port}/`))).rejects.toThrow(notPublic);
    expect(connections).toBe(0);
  });

  it.each([
    ['IPv4', [{ address: '127.0.0.1', family: 4 }]],
    ['IPv6 with an IPv4 address in it', [{ address: '::ffff:127.0.0.1', family: 6 }]],
    [
      'one that is public and one that is not',
      [
        { address: '1.1.1.1', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ],
  ])('never connects to a name that resolves to %s', async (_what, addresses) => {
    const outgoing = createOutgoingHttp({ resolve: async () => addresses });
    await expect(outgoing.post(post(`http://hooks.example.com:${port}/`))).rejects.toThrow(notPublic);
    expect(connections).toBe(0);
  });

  it('connects to the checked address, even if the name changes (DNS rebinding)', async () => {
    // In this test, the address of the receiver is public and every other address is private.
    const isPublic = (address: string) => address === '127.0.0.1';
    const answers = ['127.0.0.1', '10.0.0.1', '127.0.0.1'];
    const asked: string[] = [];
    const outgoing = createOutgoingHttp({
      isPublic,
      resolve: async (name) => {
        asked.push(name);
        return [{ address: answers[asked.length - 1] ?? '10.0.0.1', family: 4 }];
      },
    });
    const url = `http://rebinding.example.com:${port}/`;
    await expect(outgoing.post(post(url))).resolves.toMatchObject({ status: 200 });
    await expect(outgoing.post(post(url))).rejects.toThrow(notPublic);
    expect(connections).toBe(1);
    await expect(outgoing.post(post(url))).resolves.toMatchObject({ status: 200 });
    expect(connections).toBe(2);
    expect(asked).toEqual(Array(3).fill('rebinding.example.com'));
  });

  it('returns a redirect without following it', async () => {
    answer = (response) =>
      response.writeHead(307, { Location: `http://127.0.0.1:${port}/elsewhere` }).end('moved');
    await expect(createOutgoingHttp().post(toServer())).resolves.toEqual({ status: 307, body: 'moved' });
    expect(connections).toBe(1);
  });

  it('reads at most the allowed size of a response and closes the connection', async () => {
    const closed = new Promise((resolve) => {
      answer = (response) => {
        response.writeHead(200).once('close', () => resolve(response.writableFinished));
        const more = (): void => {
          if (response.destroyed) return;
          if (response.write('x'.repeat(65_536))) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      };
    });
    const { status, body } = await createOutgoingHttp().post(toServer({ responseMaxBytes: 1_000 }));
    expect([status, body]).toEqual([200, 'x'.repeat(1_000)]);
    await expect(closed).resolves.toBe(false);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['never starts', () => undefined],
    ['never ends', (response) => response.writeHead(200).write('and')],
  ])('times out on a response that %s and closes the connection', async (_what, silence) => {
    const closed = new Promise((resolve) => {
      answer = (response) => {
        response.once('close', resolve);
        silence(response);
      };
    });
    await expect(createOutgoingHttp().post(toServer({ timeoutMs: 1_000 }))).rejects.toThrow(
      'No complete response within 1000 ms.',
    );
    await closed;
  });

  it('times out on a name that does not resolve', async () => {
    const outgoing = createOutgoingHttp({ resolve: () => new Promise(() => undefined) });
    await expect(outgoing.post(post('http://slow.example.com/', { timeoutMs: 50 }))).rejects.toThrow(
      'No complete response within 50 ms.',
    );
  });

  it('stops when aborted', async () => {
    const end = new AbortController();
    answer = () => {
      end.abort();
    };
    await expect(createOutgoingHttp().post(toServer({ signal: end.signal }))).rejects.toThrow('aborted');
  });

  it('fails for a closed port, a name without address and a response that is not HTTP', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const free = (closed.address() as AddressInfo).port;
    await new Promise((resolve) => closed.close(resolve));
    const outgoing = createOutgoingHttp({ resolve: async () => [] });
    await expect(outgoing.post(post(`http://127.0.0.1:${free}/`, { allowsPrivate: true }))).rejects.toThrow(
      'ECONNREFUSED',
    );
    const two = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    const both = createOutgoingHttp({ resolve: async () => two });
    await expect(both.post(post(`http://two.example.com:${free}/`, { allowsPrivate: true }))).rejects.toThrow(
      /^ECONNREFUSED$/,
    );
    await expect(outgoing.post(post('http://nowhere.example.com/'))).rejects.toThrow('has no address');
    answer = (response) => response.socket?.end('220 mail.example.com\r\n');
    await expect(outgoing.post(toServer())).rejects.toThrow('Parse Error');
  });

  it('leaves no connection behind', async () => {
    const closed = new Promise((resolve) => {
      server.once('connection', (socket) => socket.once('close', resolve));
    });
    await createOutgoingHttp().post(toServer());
    await closed;
  });
});
