import { request, type ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { defineModule } from '../../src/module.ts';
import { noContent, ok } from '../../src/http/reply.ts';
import { route } from '../../src/http/route.ts';
import { object } from '../../src/core/schema.ts';
import { createHttpServer } from '../../src/process/http-server.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { sendRaw } from '../helpers/raw-request.ts';
import { until } from '../helpers/until.ts';

/**
 * Records the steps of the handler of `POST /letters`: `begun`, `piece` for each part that it has read, and the code of
 * the error if reading failed.
 */
const seen: string[] = [];
const lettersModule = defineModule({
  name: 'letters',
  path: '/letters',
  create: () => ({
    api: {},
    routes: [
      route({
        method: 'post',
        path: '/',
        summary: 'Send a letter',
        access: 'public',
        upload: { type: 'text/plain', maxBytes: 10 },
        replies: { 200: object({ length: Joi.number() }) },
        handle: async ({ upload }) => {
          seen.push('begun');
          let length = 0;
          try {
            for await (const piece of upload) {
              length += piece.length;
              seen.push('piece');
            }
          } catch (error) {
            seen.push(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
            throw error;
          }
          return ok({ length });
        },
      }),
    ],
  }),
});

describe('a route with an upload', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ modules: [lettersModule] });
  });
  afterAll(() => test.close());

  const post = (type: string, body: string) =>
    test.http.post('/letters').set('Content-Type', type).send(body);
  const open = (headers: Record<string, string>) => {
    const { hostname, port } = new URL(test.url);
    return request({ hostname, port, method: 'POST', path: '/api/v1/letters', headers, agent: false });
  };

  const answerTo = (sent: ClientRequest) =>
    new Promise<number | undefined>((resolve) => {
      sent.once('response', (answer) => {
        resolve(answer.resume().statusCode);
      });
    });

  it.each([
    'text/plain',
    'text/plain; charset=utf-8',
    'Text/Plain;charset="UTF-8"',
    'text/plain; charset=utf8',
    'text/plain; format=flowed; x="; charset=latin1"',
  ])('passes a body of type %s to the handler', async (type) => {
    const response = await post(type, '1234567890').expect(200);
    expect(response.body.data).toEqual({ length: 10 });
  });

  it('passes an empty stream without a body', async () => {
    const response = await test.http.post('/letters').expect(200);
    expect(response.body.data).toEqual({ length: 0 });
  });

  it.each(['application/json', 'text/plain; charset=latin1', 'text/plainer'])(
    'refuses the type %s',
    async (type) => {
      const response = await post(type, '{}').expect(415);
      expect(response.body).toMatchObject({
        code: 'UNSUPPORTED_MEDIA_TYPE',
        details: [{ expected: 'text/plain' }],
      });
    },
  );

  it('refuses a compressed body', async () => {
    const answer = await sendRaw(test.url, {
      method: 'POST',
      path: '/api/v1/letters',
      headers: { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' },
      body: gzipSync('1'),
    });
    expect(answer.status).toBe(415);
  });

  it('refuses a body whose declared length is too long, without reading it', async () => {
    seen.length = 0;
    const response = await post('text/plain', '12345678901').expect(413);
    expect(response.body.code).toBe('PAYLOAD_TOO_LARGE');
    expect(seen).toEqual([]);
  });

  it('refuses a chunked body as soon as it is too long', async () => {
    const sent = open({ 'Content-Type': 'text/plain' });
    sent.on('error', () => undefined);
    const answered = answerTo(sent);
    sent.write('12345678901');
    expect(await answered).toBe(413);
    sent.destroy();
  });

  it('documents its limits in OpenAPI', () => {
    const document = JSON.stringify(test.app.describe());
    expect(document).toContain(
      'At most 10 bytes, sent within 600 seconds. 408 if no bytes arrive for 10 seconds.',
    );
  });

  it('has a shorter time limit than the server', () => {
    const { server } = createHttpServer(test.app);
    expect(server.requestTimeout).toBeGreaterThan(3_600_000);
    // The server's own timeout must be longer than ten seconds, after which an upload without new bytes fails with 408.
    expect(server.timeout).toBeGreaterThan(10_000);
  });

  it('rejects a time limit above that of the server', async () => {
    const patient = defineModule({
      name: 'patient',
      path: '/patient',
      create: () => ({
        api: {},
        routes: [
          route({
            method: 'post',
            path: '/',
            summary: 'Send for two hours',
            access: 'public',
            upload: { type: 'text/plain', maxBytes: 10, maxSeconds: 7_200 },
            replies: { 204: null },
            handle: () => noContent(),
          }),
        ],
      }),
    });
    await expect(buildTestApp({ modules: [patient] })).rejects.toThrow('more than 3,600 seconds');
  });

  it('passes each chunk to the handler as it arrives', async () => {
    seen.length = 0;
    const sent = open({ 'Content-Type': 'text/plain' });
    const answered = answerTo(sent);
    sent.write('12');
    await until('the first piece is there', () => seen.length === 2);
    sent.end('34');
    expect(await answered).toBe(200);
    expect(seen).toEqual(['begun', 'piece', 'piece']);
  });

  it('throws in the handler if the client disconnects, and logs no error', async () => {
    seen.length = 0;
    const sent = open({ 'Content-Type': 'text/plain' });
    sent.on('error', () => undefined);
    sent.write('12');
    await until('the first piece is there', () => seen.includes('piece'));
    sent.destroy();
    await until('the handler knows', () => seen.length === 3);
    expect(seen[2]).toBe('BAD_REQUEST');
    expect(test.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('rejects a body schema or idempotency besides the upload', async () => {
    const twice = defineModule({
      name: 'twice',
      path: '/twice',
      create: () => ({
        api: {},
        routes: [
          route({
            method: 'post',
            path: '/',
            summary: 'Send two bodies',
            access: 'public',
            upload: { type: 'text/plain', maxBytes: 10 },
            body: object({}),
            replies: { 204: null },
            handle: () => noContent(),
          }),
        ],
      }),
    });
    await expect(buildTestApp({ modules: [twice] })).rejects.toThrow('remove its body or idempotency');
  });
});
