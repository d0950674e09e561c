import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { httpClassesOf } from './fast-http-classes.ts';

describe('httpClassesOf', () => {
  it('returns classes whose prototypes Express leaves unchanged', async () => {
    const app = express();
    const classes = httpClassesOf(app);
    const seen: unknown[] = [];
    app.get('/', (req, res) => {
      seen.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res));
      res.json({ address: req.ip });
    });
    const created: unknown[] = [];
    const server = createServer(classes, (req, res) => {
      created.push(Object.getPrototypeOf(req), Object.getPrototypeOf(res));
      app(req, res);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/`);
      expect(await response.json()).toEqual({ address: '127.0.0.1' });
    } finally {
      server.close();
    }
    expect(created).toEqual([classes.IncomingMessage.prototype, classes.ServerResponse.prototype]);
    expect(seen[0]).toBe(created[0]);
    expect(seen[1]).toBe(created[1]);
  });
});
