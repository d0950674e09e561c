import type { Random } from '../random.ts';
import { forgetRejectedSession, ensureAccessToken, type World } from './world.ts';

const aggregates = 6;

/** The aggregate of the events that are too large for the outbox. */
export const huge = 'huge';

/** Publishes events of one aggregate. The second consumer of some events is slow or fails at random. */
export async function publish(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const accessToken = await ensureAccessToken(world, person);
  if (accessToken === null) return;
  const aggregate = `aggregate-${random.below(aggregates)}`;
  const behaviors = Array.from({ length: 1 + random.below(4) }, () =>
    random.pick(['calm', 'calm', 'calm', 'calm', 'flaky', 'slow']),
  );
  const key = `publish-${random.below(2 ** 32)}-${random.below(2 ** 32)}`;
  const facts = { key, aggregate, count: behaviors.length };
  const call = {
    kind: 'publish',
    actor: person.email,
    method: 'POST',
    path: `/rig/${aggregate}`,
    accessToken,
  } as const;
  forgetRejectedSession(person, await world.client.call({ ...call, body: { behaviors }, facts }));
}

/** Publishes an event that is too large for the outbox. The request must fail and change nothing. */
export async function publishHuge(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const accessToken = await ensureAccessToken(world, person);
  if (accessToken === null) return;
  const key = `publish-${random.below(2 ** 32)}-${random.below(2 ** 32)}`;
  const call = {
    kind: 'publishHuge',
    actor: person.email,
    method: 'POST',
    path: `/rig/${huge}`,
    accessToken,
  } as const;
  forgetRejectedSession(
    person,
    await world.client.call({ ...call, body: { behaviors: ['calm', 'huge'] }, facts: { key } }),
  );
}

/** Reads the public products, or orders of a customer. */
export async function read(world: World, random: Random): Promise<void> {
  const { client } = world;
  if (random.chance(0.4) || world.orders.length === 0) {
    await client.call({ kind: 'read', actor: 'anyone', method: 'GET', path: '/products?limit=5' });
    return;
  }
  const { id, customer } = random.pick(world.orders);
  const accessToken = await ensureAccessToken(world, customer);
  if (accessToken === null) return;
  const path = random.chance(0.5) ? `/orders/${id}` : '/orders?limit=10';
  forgetRejectedSession(
    customer,
    await client.call({ kind: 'read', actor: customer.email, method: 'GET', path, accessToken }),
  );
}
