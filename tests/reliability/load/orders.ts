import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResult } from '../client.ts';
import type { Line } from '../history.ts';
import type { Random } from '../random.ts';
import { forgetRejectedSession, orderLine, ensureAccessToken, type Person, type World } from './world.ts';

const retries = 3;
const retryAfterMs = 700;

const keyFrom = (random: Random): string =>
  Array.from({ length: 4 }, () =>
    random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

function someLines({ items, scarce }: World, random: Random): Line[] {
  const chosen = random.shuffle(items).slice(0, 1 + random.below(3));
  if (random.chance(0.25)) chosen.push(random.pick(scarce));
  return chosen.map((item) => orderLine(item, 1 + random.below(3)));
}

/**
 * Sends an order once. Uses the key as the name in the shipping address, so that the order can be found even if the
 * response is lost.
 */
async function sendOrder(
  world: World,
  person: Person,
  key: string,
  lines: readonly Line[],
): Promise<CallResult | null> {
  const accessToken = await ensureAccessToken(world, person);
  if (accessToken === null) return null;
  const shippingAddress = { name: key, line1: 'Street 1', city: 'Town', postalCode: '12345', country: 'DE' };
  const result = await world.client.call({
    kind: 'place',
    actor: person.email,
    method: 'POST',
    path: '/orders',
    accessToken,
    body: { items: lines, shippingAddress },
    facts: { key, lines },
  });
  forgetRejectedSession(person, result);
  const orderId = result.operation.response?.orderId;
  if (orderId !== undefined) world.orders.push({ id: orderId, customer: person });
  return result;
}

/**
 * Sends an order until its outcome is known, as a careful client does. In one of five cases, stops after the first
 * attempt as a careless client does.
 */
async function placeWithRetries(
  world: World,
  random: Random,
  person: Person,
  key: string,
  lines: readonly Line[],
): Promise<void> {
  const isCareful = random.chance(0.8);
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    const result = await sendOrder(world, person, key, lines);
    const { status = 0, code = null } = result?.operation.response ?? {};
    const isKnown = status === 201 || (status === 409 && code !== 'IDEMPOTENCY_IN_FLIGHT');
    if (isKnown || !isCareful) return;
    await sleep(retryAfterMs);
  }
}

/** Places an order of a few items. */
export async function place(world: World, random: Random): Promise<void> {
  await placeWithRetries(
    world,
    random,
    random.pick(world.customers),
    keyFrom(random),
    someLines(world, random),
  );
}

/** Places an order and repeats the same request some time later. */
export async function placeAndRepeat(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const key = keyFrom(random);
  const lines = someLines(world, random);
  await placeWithRetries(world, random, person, key, lines);
  await sleep(random.below(2_000));
  await sendOrder(world, person, key, lines);
}

/** Sends the same request several times concurrently, and once more after all responses. */
export async function placeConcurrently(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  await ensureAccessToken(world, person);
  const key = keyFrom(random);
  const lines = someLines(world, random);
  await Promise.all(Array.from({ length: 3 }, () => sendOrder(world, person, key, lines)));
  await placeWithRetries(world, random, person, key, lines);
}

/** Several customers order the same product at the same time. */
export async function rush(world: World, random: Random): Promise<void> {
  const lines = [orderLine(random.pick(random.chance(0.5) ? world.scarce : world.items), 1)];
  const buyers = random.shuffle(world.customers).slice(0, 6);
  await Promise.all(buyers.map((person) => ensureAccessToken(world, person)));
  const keys = buyers.map(() => keyFrom(random));
  await Promise.all(buyers.map((person, index) => sendOrder(world, person, keys[index]!, lines)));
}

const moveOrder =
  (kind: 'cancel' | 'ship' | 'deliver') =>
  async (world: World, random: Random): Promise<void> => {
    if (world.orders.length === 0) return;
    // Prefer recent orders, because most older ones have already reached their final status.
    const recent = random.chance(0.7) ? world.orders.slice(-30) : world.orders;
    const { id, customer } = random.pick(recent);
    const person = kind === 'cancel' ? customer : world.administrator;
    const accessToken = await ensureAccessToken(world, person);
    if (accessToken === null) return;
    const times = random.chance(0.2) ? 2 : 1;
    const calls = Array.from({ length: times }, () =>
      world.client.call({
        kind,
        actor: person.email,
        method: 'POST',
        path: `/orders/${id}/${kind}`,
        accessToken,
        facts: { orderId: id },
      }),
    );
    for (const result of await Promise.all(calls)) forgetRejectedSession(person, result);
  };

/** Cancels a known order, sometimes twice at the same time. */
export const cancel = moveOrder('cancel');
export const ship = moveOrder('ship');
export const deliver = moveOrder('deliver');
