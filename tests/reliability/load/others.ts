import type { Random } from '../random.ts';
import { heed, tokenOf, type World } from './world.ts';

const aggregates = 6;

/** The aggregate of events that are too large to be stored. */
export const huge = 'huge';

/** Events of one aggregate, whose second consumer fares now well, now badly. */
export async function publish(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const accessToken = await tokenOf(world, person);
  if (accessToken === null) return;
  const aggregate = `aggregate-${random.below(aggregates)}`;
  const tempers = Array.from({ length: 1 + random.below(4) }, () =>
    random.pick(['calm', 'calm', 'calm', 'calm', 'flaky', 'slow']),
  );
  const key = `publish-${random.below(2 ** 32)}-${random.below(2 ** 32)}`;
  const facts = { key, aggregate, count: tempers.length };
  const call = {
    kind: 'publish',
    actor: person.email,
    method: 'POST',
    path: `/rig/${aggregate}`,
    accessToken,
  } as const;
  heed(person, await world.client.call({ ...call, body: { tempers }, facts }));
}

/** An event that the outbox does not take: the request fails, and changes nothing. */
export async function publishHuge(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const accessToken = await tokenOf(world, person);
  if (accessToken === null) return;
  const key = `publish-${random.below(2 ** 32)}-${random.below(2 ** 32)}`;
  const call = {
    kind: 'publishHuge',
    actor: person.email,
    method: 'POST',
    path: `/rig/${huge}`,
    accessToken,
  } as const;
  heed(person, await world.client.call({ ...call, body: { tempers: ['calm', 'huge'] }, facts: { key } }));
}

/** Reads what anyone may, or an order of one's own. */
export async function read(world: World, random: Random): Promise<void> {
  const { client } = world;
  if (random.chance(0.4) || world.orders.length === 0) {
    await client.call({ kind: 'read', actor: 'anyone', method: 'GET', path: '/products?limit=5' });
    return;
  }
  const { id, customer } = random.pick(world.orders);
  const accessToken = await tokenOf(world, customer);
  if (accessToken === null) return;
  const path = random.chance(0.5) ? `/orders/${id}` : '/orders?limit=10';
  heed(
    customer,
    await client.call({ kind: 'read', actor: customer.email, method: 'GET', path, accessToken }),
  );
}
