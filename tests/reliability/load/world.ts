import { randomUUID } from 'node:crypto';
import { generationOf, sessionIdOf, type CallResult, type Client } from '../client.ts';
import type { Line } from '../history.ts';

/** A session, as far as its client knows it. */
export interface Session {
  readonly id: string;
  readonly accessToken: string;
  readonly cookie: string;
  readonly generation: number;
}

/** A user of the service. */
export interface Person {
  readonly email: string;
  readonly password: string;
  session: Session | null;
  /** The sign-in in progress, so that scenarios that run at the same time can wait for it instead of signing in too. */
  signingIn?: Promise<Session | null> | undefined;
  /** Earlier states of the person's sessions, each with a refresh cookie that was replaced since. Oldest first. */
  readonly replaced: Session[];
}

/** A product for sale. */
export interface Item {
  readonly id: string;
  readonly initialStock: number;
}

/** An order that a response has confirmed. */
export interface KnownOrder {
  readonly id: string;
  readonly customer: Person;
}

/** The users, the products and the orders known to the clients so far. */
export interface World {
  readonly client: Client;
  readonly administrator: Person;
  readonly customers: readonly Person[];
  /** Products that never sell out. */
  readonly items: readonly Item[];
  /** Products that sell out. */
  readonly scarce: readonly Item[];
  readonly orders: KnownOrder[];
}

const customerCount = 12;
const itemCount = 20;
const scarceCount = 3;
const plenty = 100_000;
const few = 150;

/** Returns a new administrator who has not signed in yet. */
export const administrator = (): Person => ({
  email: 'administrator@rig.example.com',
  password: `rig-${randomUUID()}`,
  session: null,
  replaced: [],
});

/** Creates the users and products of a run. Every request must succeed, because there are no faults yet. */
export async function populate(client: Client, administratorAccount: Person): Promise<World> {
  const world: World = {
    client,
    administrator: administratorAccount,
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
  await signIn(world, administratorAccount);
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
    const call = {
      kind: 'setup',
      actor: administratorAccount.email,
      method: 'POST',
      path: '/products',
      body,
    } as const;
    const { data } = mustSucceed(
      await client.call({ ...call, accessToken: administratorAccount.session?.accessToken }),
    );
    return { id: (data as { id: string }).id, initialStock: stock };
  };
  const items = await Promise.all(Array.from({ length: itemCount }, () => add(plenty)));
  const scarce = await Promise.all(Array.from({ length: scarceCount }, () => add(few)));
  return { ...world, items, scarce };
}

/** Signs a person in. Returns null if that fails. */
export function signIn(world: Pick<World, 'client'>, person: Person): Promise<Session | null> {
  person.signingIn ??= sendSignIn(world, person).finally(() => {
    person.signingIn = undefined;
  });
  return person.signingIn;
}

async function sendSignIn({ client }: Pick<World, 'client'>, person: Person): Promise<Session | null> {
  const { email, password } = person;
  const body = { email, password };
  const result = await client.call({
    kind: 'signIn',
    actor: email,
    method: 'POST',
    path: '/auth/login',
    body,
  });
  person.session = sessionFrom(result);
  person.replaced.length = 0;
  return person.session;
}

/** Returns the session in the response to a sign-in or refresh, or null if there is none. */
export function sessionFrom({ data, cookie }: CallResult): Session | null {
  const accessToken = (data as { accessToken?: string } | undefined)?.accessToken;
  const generation = generationOf(cookie);
  if (accessToken === undefined || cookie === undefined || generation === undefined) return null;
  return { id: sessionIdOf(cookie), accessToken, cookie, generation };
}

/** Returns the person's access token. Signs in first if necessary. Returns null if that fails. */
export async function ensureAccessToken(world: World, person: Person): Promise<string | null> {
  return (person.session ?? (await signIn(world, person)))?.accessToken ?? null;
}

/** Forgets the person's session after a 401. */
export function forgetRejectedSession(person: Person, { operation: { response } }: CallResult): void {
  if (response?.status === 401) person.session = null;
}

export const orderLine = (item: Item, quantity: number): Line => ({ productId: item.id, quantity });

function mustSucceed(result: CallResult): CallResult {
  const { kind, outcome, response, failure } = result.operation;
  if (outcome !== 'ok') throw new Error(`Setup failed at "${kind}": ${failure ?? JSON.stringify(response)}.`);
  return result;
}
