import express, { type Request } from 'express';
import { listProducts, readProduct } from './catalogue.ts';
import { setting } from './environment.ts';
import { placeOrder, type OrderBody } from './order-script.ts';
import { login, refresh, type LoginBody } from './sign-in-script.ts';
import { userOf } from './tokens.ts';

// Plain Express 5 and pg. Shows what a route costs without anything else.

const app = express();
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

app.get('/api/v1/products', async (req, res) => {
  const { limit, cursor, q } = req.query;
  res.json(await listProducts({ limit: text(limit), cursor: text(cursor), q: text(q) }));
});

app.get('/api/v1/products/:id', async (req, res) => {
  const found = await readProduct(req.params.id);
  res.status(found === null ? 404 : 200).json(found ?? { status: 'error' });
});

app.get('/api/v1/guarded-products/:id', async (req, res) => {
  if (userOf(req.headers.authorization) === null) {
    res.status(401).json({ status: 'error' });
    return;
  }
  const found = await readProduct(req.params.id);
  res.status(found === null ? 404 : 200).json(found ?? { status: 'error' });
});

app.post('/api/v1/orders', express.json(), async (req: Request<object, unknown, OrderBody>, res) => {
  const userId = userOf(req.headers.authorization);
  const key = req.get('idempotency-key');
  if (userId === null || key === undefined) {
    res.status(userId === null ? 401 : 400).json({ status: 'error' });
    return;
  }
  const { status, body } = await placeOrder(userId, key, req.body);
  res.status(status).type('json').send(body);
});

app.post('/api/v1/auth/login', express.json(), async (req: Request<object, unknown, LoginBody>, res) => {
  const signedIn = await login(req.body, req.ip ?? '', req.get('user-agent') ?? null);
  if (signedIn === null) {
    res.status(401).json({ status: 'error' });
    return;
  }
  res.append('Set-Cookie', signedIn.cookie).json({ status: 'success', data: signedIn.data });
});

app.post('/api/v1/auth/refresh', async (req, res) => {
  const refreshed = await refresh(req.get('cookie') ?? '');
  if (refreshed === null) {
    res.status(401).json({ status: 'error' });
    return;
  }
  res.append('Set-Cookie', refreshed.cookie).json({ status: 'success', data: refreshed.data });
});

app.listen(Number(setting('PORT')), '127.0.0.1');
