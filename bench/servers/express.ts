import express, { type Request, type RequestHandler } from 'express';
import { listProducts, readProduct } from './catalogue.ts';
import { setting } from './environment.ts';
import { placeOrder, type OrderBody } from './order-script.ts';
import { login, refresh, type LoginBody } from './sign-in-script.ts';
import { userOf } from './tokens.ts';

// Uses only Express 5 and pg. Shows the cost of a route without the layers of the service.

const app = express();
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const list: RequestHandler = async (req, res) => {
  const { limit, cursor, q } = req.query;
  res.json(await listProducts({ limit: text(limit), cursor: text(cursor), q: text(q) }));
};

const read: RequestHandler<{ id: string }> = async (req, res) => {
  const found = await readProduct(req.params.id);
  res.status(found === null ? 404 : 200).json(found ?? { status: 'error' });
};

const authenticated =
  <Params>(handle: RequestHandler<Params>): RequestHandler<Params> =>
  (req, res, next) => {
    if (userOf(req.headers.authorization) !== null) return handle(req, res, next);
    res.status(401).json({ status: 'error' });
  };

app.get('/api/v1/products', list);
app.get('/api/v1/products/:id', read);
app.get('/api/v1/guarded-products', authenticated(list));
app.get('/api/v1/guarded-products/:id', authenticated(read));

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
