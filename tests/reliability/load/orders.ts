import { setTimeout as sleep } from 'node:timers/promises';
import type { Called } from '../client.ts';
import type { Line } from '../history.ts';
import type { Random } from '../random.ts';
import { heed, lineOf, tokenOf, type Person, type World } from './world.ts';

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
  return chosen.map((item) => lineOf(item, 1 + random.below(3)));
}

/** Asks once; the key also stands in the address, by which the order is known again whatever became of the answer. */
async function ask(
  world: World,
  person: Person,
  key: string,
  lines: readonly Line[],
): Promise<Called | null> {
  const accessToken = await tokenOf(world, person);
  if (accessToken === null) return null;
  const shippingAddress = { name: key, line1: 'Street 1', city: 'Town', postalCode: '12345', country: 'DE' };
  const called = await world.client.call({
    kind: 'place',
    actor: person.email,
    method: 'POST',
    path: '/orders',
    accessToken,
    body: { items: lines, shippingAddress },
    facts: { key, lines },
  });
  heed(person, called);
  const orderId = called.operation.answer?.orderId;
  if (orderId !== undefined) world.orders.push({ id: orderId, customer: person });
  return called;
}

/** Asks until there is a plain answer, as a careful client does; now and then it gives up at once instead. */
async function askUntilTold(
  world: World,
  random: Random,
  person: Person,
  key: string,
  lines: readonly Line[],
): Promise<void> {
  const isCareful = random.chance(0.8);
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    const called = await ask(world, person, key, lines);
    const { status = 0, code = null } = called?.operation.answer ?? {};
    const isTold = status === 201 || (status === 409 && code !== 'IDEMPOTENCY_IN_FLIGHT');
    if (isTold || !isCareful) return;
    await sleep(retryAfterMs);
  }
}

/** One order of a few things. */
export async function place(world: World, random: Random): Promise<void> {
  await askUntilTold(world, random, random.pick(world.customers), keyFrom(random), someLines(world, random));
}

/** An order, and the same request again some time later. */
export async function placeAgain(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const key = keyFrom(random);
  const lines = someLines(world, random);
  await askUntilTold(world, random, person, key, lines);
  await sleep(random.below(2_000));
  await ask(world, person, key, lines);
}

/** The same request several times at once, and once more when all are answered. */
export async function placeAtOnce(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  await tokenOf(world, person);
  const key = keyFrom(random);
  const lines = someLines(world, random);
  await Promise.all(Array.from({ length: 3 }, () => ask(world, person, key, lines)));
  await askUntilTold(world, random, person, key, lines);
}

/** Several customers who want the same thing at the same moment. */
export async function rush(world: World, random: Random): Promise<void> {
  const lines = [lineOf(random.pick(random.chance(0.5) ? world.scarce : world.items), 1)];
  const buyers = random.shuffle(world.customers).slice(0, 6);
  await Promise.all(buyers.map((person) => tokenOf(world, person)));
  const keys = buyers.map(() => keyFrom(random));
  await Promise.all(buyers.map((person, index) => ask(world, person, keys[index]!, lines)));
}

const move =
  (kind: 'cancel' | 'ship' | 'deliver') =>
  async (world: World, random: Random): Promise<void> => {
    if (world.orders.length === 0) return;
    // Most often one of the newest: the older ones are where they will stay.
    const recent = random.chance(0.7) ? world.orders.slice(-30) : world.orders;
    const { id, customer } = random.pick(recent);
    const person = kind === 'cancel' ? customer : world.administrator;
    const accessToken = await tokenOf(world, person);
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
    for (const called of await Promise.all(calls)) heed(person, called);
  };

/** Cancels an order that somebody was told of, sometimes twice at once. */
export const cancel = move('cancel');
export const ship = move('ship');
export const deliver = move('deliver');
