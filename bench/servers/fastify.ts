import Fastify from 'fastify';
import { listProducts, readProduct, type ListQuery } from './catalogue.ts';
import { setting } from './environment.ts';
import { userOf } from './tokens.ts';

// Uses only Fastify 5 and pg. Shows the cost of the same routes with another framework.

interface ById {
  readonly Params: { readonly id: string };
}

const app = Fastify();

app.get<{ Querystring: ListQuery }>('/api/v1/products', (request) => listProducts(request.query));

app.get<{ Querystring: ListQuery }>('/api/v1/guarded-products', async (request, reply) => {
  if (userOf(request.headers.authorization) === null) return reply.code(401).send({ status: 'error' });
  return listProducts(request.query);
});

app.get<ById>('/api/v1/products/:id', async (request, reply) => {
  const found = await readProduct(request.params.id);
  return reply.code(found === null ? 404 : 200).send(found ?? { status: 'error' });
});

app.get<ById>('/api/v1/guarded-products/:id', async (request, reply) => {
  if (userOf(request.headers.authorization) === null) return reply.code(401).send({ status: 'error' });
  const found = await readProduct(request.params.id);
  return reply.code(found === null ? 404 : 200).send(found ?? { status: 'error' });
});

await app.listen({ port: Number(setting('PORT')), host: '127.0.0.1' });
