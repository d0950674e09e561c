import { randomUUID } from 'node:crypto';
import type { Random } from '../random.ts';
import type { World } from './world.ts';

/** One more than the service allows in a row, and one for good measure. */
const guesses = 12;

/** Guesses at the password of a new account, all at once; and, when every guess was refused, shows the right one. */
export async function guess({ client }: World, random: Random): Promise<void> {
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
  const show = (kind: string, shown: string) =>
    client.call({
      kind,
      actor: email,
      method: 'POST',
      path: '/auth/login',
      body: { email, password: shown },
    });
  const answers = await Promise.all(
    Array.from({ length: guesses }, (_, index) => show('guess', `wrong-guess-${index}`)),
  );
  if (answers.every(({ operation }) => operation.outcome === 'fail')) await show('guessLate', password);
}
