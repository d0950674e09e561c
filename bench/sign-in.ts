import { createSecretKey } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import jwt from 'jsonwebtoken';
import type { Environment } from '../src/config/environment.ts';
import type { Fixtures } from './fixtures.ts';
import type { ServerName } from './options.ts';
import { refreshCookieIn } from './load/requests.ts';
import type { RunningServer } from './processes.ts';

/** The credentials of a signed-in client. */
interface Held {
  readonly accessToken: string;
  readonly refreshCookie: string;
}

const tries = 60;
const pauseMs = 1_000;

async function signIn(origin: string, email: string, password: string, tried = 1): Promise<Held> {
  const response = await fetch(`${origin}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  // Try again: a busy machine may reply 503, which must not end a long run.
  if (response.status === 503 && tried < tries) {
    await response.arrayBuffer();
    await sleep(pauseMs);
    return signIn(origin, email, password, tried + 1);
  }
  const text = await response.text();
  const refreshCookie = refreshCookieIn({ 'set-cookie': response.headers.getSetCookie() });
  if (!response.ok || refreshCookie === undefined)
    throw new Error(`The sign-in of ${email} failed: ${response.status} ${text}`);
  const { data } = JSON.parse(text) as { data: { accessToken: string } };
  return { accessToken: data.accessToken, refreshCookie };
}

async function signInAll(origin: string, emails: readonly string[], password: string): Promise<Held[]> {
  const held: Held[] = [];
  const left = [...emails];
  const signInNext = async (): Promise<void> => {
    const email = left.shift();
    if (email === undefined) return;
    held.push(await signIn(origin, email, password));
    await signInNext();
  };
  // Sign in as many users at a time as there are cores, because hashing is CPU-bound.
  await Promise.all(Array.from({ length: availableParallelism() }, signInNext));
  return held;
}

/** Returns an access token of the first user, who may read everything. */
export async function adminToken({ origin }: RunningServer, fixtures: Fixtures): Promise<string> {
  return (await signIn(origin, fixtures.admin, fixtures.password)).accessToken;
}

/** Returns access tokens of customers for this server. */
export async function tokensFor(
  { name, origin }: { readonly name: ServerName; readonly origin: string },
  fixtures: Fixtures,
  environment: Environment,
): Promise<string[]> {
  if (name === 'strata')
    return (await signInAll(origin, fixtures.buyers, fixtures.password)).map(
      ({ accessToken }) => accessToken,
    );
  const key = createSecretKey(Buffer.from(environment['BENCH_TOKEN_KEY'] ?? ''));
  return fixtures.buyerIds.map((id) => jwt.sign({ sub: id }, key, { algorithm: 'HS256', expiresIn: '2h' }));
}

/** Returns refresh cookies of separate sessions. */
export async function refreshCookiesFor({ origin }: RunningServer, fixtures: Fixtures): Promise<string[]> {
  const held = await signInAll(origin, fixtures.refreshers, fixtures.password);
  return held.map(({ refreshCookie }) => refreshCookie);
}
