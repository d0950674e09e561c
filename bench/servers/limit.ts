import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { listProducts, readProduct, type Answer } from './catalogue.ts';
import { setting } from './environment.ts';
import { userOf } from './tokens.ts';

// Uses only node:http and pg, so no server on Node can cost less.

const list = '/api/v1/products';
const guardedList = '/api/v1/guarded-products';
const open = '/api/v1/products/';
const guarded = '/api/v1/guarded-products/';

function send(res: ServerResponse, status: number, answer: Answer | { readonly status: 'error' }): void {
  const body = JSON.stringify(answer);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (req.url ?? '').split('?');
  if (path.startsWith(guardedList) && userOf(req.headers.authorization) === null) {
    send(res, 401, { status: 'error' });
    return;
  }
  if (path === list || path === guardedList) {
    send(res, 200, await listProducts(parse(query)));
    return;
  }
  const prefix = path.startsWith(guarded) ? guarded : open;
  const found = path.startsWith(prefix) ? await readProduct(path.slice(prefix.length)) : null;
  send(res, found === null ? 404 : 200, found ?? { status: 'error' });
}

createServer((req, res) => {
  answer(req, res).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    send(res, 500, { status: 'error' });
  });
}).listen(Number(setting('PORT')), '127.0.0.1');
