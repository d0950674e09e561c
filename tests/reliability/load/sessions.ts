import { setTimeout as sleep } from 'node:timers/promises';
import type { CallResult } from '../client.ts';
import type { Random } from '../random.ts';
import {
  forgetRejectedSession,
  sessionFrom,
  signIn,
  type Person,
  type Session,
  type World,
} from './world.ts';

const probes = 8;
const probeEveryMs = 400;

/** Signs in. The new session replaces the customer's previous one. */
export async function signInAgain(world: World, random: Random): Promise<void> {
  await signIn(world, random.pick(world.customers));
}

async function sendRefresh({ client }: World, { email }: Person, session: Session): Promise<CallResult> {
  return client.call({
    kind: 'refresh',
    actor: email,
    method: 'POST',
    path: '/auth/refresh',
    cookie: session.cookie,
    facts: { sessionId: session.id, generation: session.generation },
  });
}

/**
 * Refreshes a session once, or twice at the same time as two browser tabs do. Sometimes sends a token that was replaced
 * long ago instead, as a thief does.
 */
export async function refresh(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const session = person.session ?? (await signIn(world, person));
  if (session === null) return;
  const [stolen] = person.replaced;
  if (stolen !== undefined && random.chance(0.15)) {
    await sendRefresh(world, person, stolen);
    return;
  }
  const results = await Promise.all(
    Array.from({ length: random.chance(0.4) ? 2 : 1 }, () => sendRefresh(world, person, session)),
  );
  const next = results.map(sessionFrom).find((one) => one !== null);
  if (next !== undefined && person.session === session) {
    person.session = next;
    person.replaced.push(session);
  }
  for (const result of results) forgetRejectedSession(person, result);
}

/** Signs in and lets every process cache the session. Then signs out and goes on using the tokens. */
export async function logout(world: World, random: Random): Promise<void> {
  const person: Person = { ...random.pick(world.customers), session: null, replaced: [] };
  const session = await signIn(world, person);
  if (session === null) return;
  const { email } = person;
  const facts = { sessionId: session.id };
  const use = (): Promise<CallResult> =>
    world.client.call({
      kind: 'use',
      actor: email,
      method: 'GET',
      path: '/users/me',
      accessToken: session.accessToken,
      facts,
    });
  await Promise.all([use(), use(), use()]);
  await world.client.call({
    kind: 'logout',
    actor: email,
    method: 'POST',
    path: '/auth/logout',
    cookie: session.cookie,
    // Send an access token in half of the cases, because the cookie alone must be enough.
    ...(random.chance(0.5) && { accessToken: session.accessToken }),
    facts,
  });
  for (let probe = 0; probe < probes; probe += 1) {
    await Promise.all([use(), use()]);
    await sleep(probeEveryMs);
  }
  await sendRefresh(world, person, session);
}
