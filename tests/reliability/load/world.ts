import { randomUUID } from 'node:crypto';
import { generationOf, sessionIdOf, type Called, type Client } from '../client.ts';
import type { Line } from '../history.ts';

/** A session as its client holds it. */
export interface Session {
  readonly id: string;
  readonly accessToken: string;
  readonly cookie: string;
  readonly generation: number;
}

/** Someone who uses the service. */
export interface Person {
  readonly email: string;
  readonly password: string;
  session: Session | null;
  /** The sign-in that is under way: who wants a session meanwhile waits for this one. */
  signingIn?: Promise<Session | null> | undefined;
  /** Refresh cookies that were replaced, the oldest first. */
  readonly replaced: Session[];
}

export interface Item {
  readonly id: string;
  readonly initialStock: number;
}

/** An order that its customer was told of. */
export interface KnownOrder {
  readonly id: string;
  readonly customer: Person;
}

/** Who and what there is, and what the clients have learnt so far. */
export interface World {
  readonly client: Client;
  readonly administrator: Person;
  readonly customers: readonly Person[];
  /** Plenty, bought by everyone. */
  readonly items: readonly Item[];
  /** So few that not everyone gets one. */
  readonly scarce: readonly Item[];
  readonly orders: KnownOrder[];
}

const customerCount = 12;
const itemCount = 20;
const scarceCount = 3;
const plenty = 100_000;
const few = 150;

export const administrator = (): Person => ({
  email: 'administrator@rig.example.com',
  password: `rig-${randomUUID()}`,
  session: null,
  replaced: [],
});

/** Fills an empty service; before any fault, so that everything must succeed. */
export async function populate(client: Client, boss: Person): Promise<World> {
  const world: World = {
    client,
    administrator: boss,
    customers: Array.from({ length: customerCount }, (_, index) => ({
      email: `customer-${index}@rig.example.com`,
      password: `rig-${randomUUID()}`,
      session: null,
      replaced: [],
    })),
    items: [],
    scarce: [],
    orders: [],
  };
  await signIn(world, boss);
  for (const { email, password } of world.customers) {
    const body = { email, password, name: 'Customer' };
    mustSucceed(
      await client.call({ kind: 'register', actor: email, method: 'POST', path: '/auth/register', body }),
    );
  }
  const add = async (stock: number): Promise<Item> => {
    const body = {
      sku: randomUUID(),
      name: 'Thing',
      description: 'A thing.',
      priceMinor: 1_250,
      currency: 'EUR',
      stock,
    };
    const call = { kind: 'setup', actor: boss.email, method: 'POST', path: '/products', body } as const;
    const { data } = mustSucceed(await client.call({ ...call, accessToken: boss.session?.accessToken }));
    return { id: (data as { id: string }).id, initialStock: stock };
  };
  const items = await Promise.all(Array.from({ length: itemCount }, () => add(plenty)));
  const scarce = await Promise.all(Array.from({ length: scarceCount }, () => add(few)));
  return { ...world, items, scarce };
}

/** Signs a person in; null when that did not succeed. */
export function signIn(world: Pick<World, 'client'>, person: Person): Promise<Session | null> {
  person.signingIn ??= askIn(world, person).finally(() => {
    person.signingIn = undefined;
  });
  return person.signingIn;
}

async function askIn({ client }: Pick<World, 'client'>, person: Person): Promise<Session | null> {
  const { email, password } = person;
  const body = { email, password };
  const called = await client.call({
    kind: 'signIn',
    actor: email,
    method: 'POST',
    path: '/auth/login',
    body,
  });
  person.session = sessionIn(called);
  person.replaced.length = 0;
  return person.session;
}

/** What the answer to a sign-in or a refresh gives; null when it was not such. */
export function sessionIn({ data, cookie }: Called): Session | null {
  const accessToken = (data as { accessToken?: string } | undefined)?.accessToken;
  const generation = generationOf(cookie);
  if (accessToken === undefined || cookie === undefined || generation === undefined) return null;
  return { id: sessionIdOf(cookie), accessToken, cookie, generation };
}

/** The person's access token, after signing in where there is none; null when that did not succeed. */
export async function tokenOf(world: World, person: Person): Promise<string | null> {
  return (person.session ?? (await signIn(world, person)))?.accessToken ?? null;
}

/** Forgets a session that the service no longer takes. */
export function heed(person: Person, { operation: { answer } }: Called): void {
  if (answer?.status === 401) person.session = null;
}

export const lineOf = (item: Item, quantity: number): Line => ({ productId: item.id, quantity });

function mustSucceed(called: Called): Called {
  const { kind, outcome, answer, failure } = called.operation;
  if (outcome !== 'ok')
    throw new Error(`Setting up failed at "${kind}": ${failure ?? JSON.stringify(answer)}.`);
  return called;
}
