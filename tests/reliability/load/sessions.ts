import { setTimeout as sleep } from 'node:timers/promises';
import type { Called } from '../client.ts';
import type { Random } from '../random.ts';
import { heed, sessionIn, signIn, type Person, type Session, type World } from './world.ts';

const probes = 8;
const probeEveryMs = 400;

/** Signs in, which takes the place of the session before. */
export async function signInAgain(world: World, random: Random): Promise<void> {
  await signIn(world, random.pick(world.customers));
}

async function show({ client }: World, { email }: Person, session: Session): Promise<Called> {
  return client.call({
    kind: 'refresh',
    actor: email,
    method: 'POST',
    path: '/auth/refresh',
    cookie: session.cookie,
    facts: { sessionId: session.id, generation: session.generation },
  });
}

/** Refreshes: once, from two tabs at once, or with a token that was replaced long ago, as a thief would. */
export async function refresh(world: World, random: Random): Promise<void> {
  const person = random.pick(world.customers);
  const session = person.session ?? (await signIn(world, person));
  if (session === null) return;
  const [stolen] = person.replaced;
  if (stolen !== undefined && random.chance(0.15)) {
    await show(world, person, stolen);
    return;
  }
  const answers = await Promise.all(
    Array.from({ length: random.chance(0.4) ? 2 : 1 }, () => show(world, person, session)),
  );
  const next = answers.map(sessionIn).find((one) => one !== null);
  if (next !== undefined && person.session === session) {
    person.session = next;
    person.replaced.push(session);
  }
  for (const called of answers) heed(person, called);
}

/** Signs in, is known to every process, signs out, and goes on using what it had. */
export async function logout(world: World, random: Random): Promise<void> {
  const person: Person = { ...random.pick(world.customers), session: null, replaced: [] };
  const session = await signIn(world, person);
  if (session === null) return;
  const { email } = person;
  const facts = { sessionId: session.id };
  const use = (): Promise<Called> =>
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
    // By either of its two tokens.
    ...(random.chance(0.5) && { accessToken: session.accessToken }),
    facts,
  });
  for (let probe = 0; probe < probes; probe += 1) {
    await Promise.all([use(), use()]);
    await sleep(probeEveryMs);
  }
  await show(world, person, session);
}
