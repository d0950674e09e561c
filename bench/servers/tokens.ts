import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { setting } from './environment.ts';

// Create the key object once, because jsonwebtoken would convert a string to a key object again for each token.
const key = createSecretKey(Buffer.from(setting('BENCH_TOKEN_KEY')));

export const signToken = (userId: string): string =>
  jwt.sign({ sub: userId }, key, { algorithm: 'HS256', expiresIn: '2h' });

/** Returns the user id in the access token of an Authorization header, or null if the token is invalid. */
export function userOf(header: string | undefined): string | null {
  try {
    const claims = jwt.verify(header?.slice('Bearer '.length) ?? '', key, { algorithms: ['HS256'] });
    return typeof claims === 'string' ? null : (claims.sub ?? null);
  } catch {
    return null;
  }
}
