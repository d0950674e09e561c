import { randomUUID } from 'node:crypto';
import type { Random } from '../random.ts';
import type { World } from './world.ts';

/** The number of wrong passwords in a row. It is higher than the service allows. */
const guesses = 12;

/**
 * Sends several wrong passwords for a new account at the same time. If the service refuses all, the account must be
 * locked, so that even the right password is refused.
 */
export async function guessPassword({ client }: World, random: Random): Promise<void> {
  const email = `victim-${random.below(2 ** 32)}@rig.example.com`;
  const password = `rig-${randomUUID()}`;
  const body = { email, password, name: 'Victim' };
  const registered = await client.call({
    kind: 'register',
    actor: email,
    method: 'POST',
    path: '/auth/register',
    body,
  });
  if (registered.operation.outcome !== 'ok') return;
  const logIn = (kind: string, candidate: string) =>
    client.call({
      kind,
      actor: email,
      method: 'POST',
      path: '/auth/login',
      body: { email, password: candidate },
    });
  const results = await Promise.all(
    Array.from({ length: guesses }, (_, index) => logIn('guess', `wrong-guess-${index}`)),
  );
  if (results.every(({ operation }) => operation.outcome === 'fail')) await logIn('guessLate', password);
}
