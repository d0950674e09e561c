import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { buildTestApp, type TestApp } from '../helpers/app.ts';

describe('framing of HTTP messages', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  /** Sends these lines exactly as they are. Returns everything that arrives until the service closes the connection. */
  const converse = (...lines: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(test.url);
      const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')));
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      socket.once('error', reject);
      socket.once('close', () => {
        resolve(answer);
      });
    });
  const statusesIn = (text: string) =>
    [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => status);

  const post = ['POST /api/v1/auth/login HTTP/1.1', 'Host: a', 'Content-Type: application/json'];
  const hidden = ['GET /health/live HTTP/1.1', 'Host: a', '', ''];

  it.each<[string, string[]]>([
    [
      'a length and chunks at once',
      ['Content-Length: 6', 'Transfer-Encoding: chunked', '', '0', '', ...hidden],
    ],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 6', '', 'aaaaa', ...hidden]],
    ['a length that is none', ['Content-Length: +5', '', 'aaaaa', ...hidden]],
    ['an encoding that is none', ['Transfer-Encoding: xchunked', '', '0', '', ...hidden]],
    ['chunks that end nowhere', ['Transfer-Encoding: chunked', '', 'zz', '', ...hidden]],
    ['a folded header', ['X-A: b', ' Content-Length: 5', '', ...hidden]],
    ['a blank before the colon', ['Content-Length : 5', '', 'aaaaa', ...hidden]],
  ])('refuses the message and closes the connection: %s', async (_name, lines) => {
    expect(statusesIn(await converse(...post, ...lines))).toEqual(['400']);
  });

  it('does not parse an unread body as a request', async () => {
    const typed = ['POST /api/v1/auth/login HTTP/1.1', 'Host: a', 'Content-Type: text/plain'];
    const inner = hidden.join('\r\n');
    const text = await converse(...typed, `Content-Length: ${inner.length + 1_000}`, '', inner);
    expect(statusesIn(text)).toEqual(['415']);
    expect(text).toMatch(/^connection: close\r$/im);
  });
});
