import type supertest from 'supertest';
import type { Environment } from '../../../src/config/environment.ts';
import { cookieOf, type TestApp } from '../../helpers/app.ts';
import { startProvider, type Person, type TestProvider } from './provider.ts';

export const publicUrl = 'http://localhost:3000';
export const redirectUri = (provider: string): string => `${publicUrl}/api/v1/auth/oidc/${provider}/callback`;

/** Returns the settings of an app that uses this provider under each of these names. */
export const settingsFor = (
  { issuer, clientId, clientSecret }: TestProvider,
  names: readonly string[] = ['acme'],
  overrides: object = {},
): Environment => ({
  OIDC_PROVIDERS: JSON.stringify(
    names.map((name) => ({ name, issuer, clientId, clientSecret, ...overrides })),
  ),
});

/** Starts a provider for an app that calls it `acme` or `other`. */
export const startAcme = (
  options: Omit<Parameters<typeof startProvider>[0], 'redirectUris'> = {},
): Promise<TestProvider> => startProvider({ redirectUris: ['acme', 'other'].map(redirectUri), ...options });

let counter = 0;

/** Returns a new person with a verified e-mail address. */
export const newPerson = (overrides: Partial<Person> = {}): Person => {
  counter += 1;
  return {
    sub: `person-${counter}`,
    email: `somebody${counter}@acme.example`,
    email_verified: true,
    name: 'Olga Openid',
    ...overrides,
  };
};

/** A browser that has returned from the provider but has not sent the callback yet. */
export interface CallbackVisit {
  readonly query: string;
  readonly cookie: string;
}

/** Sends a browser to the provider, where this person signs in, and back. Does not send the callback. */
export async function visitProviderAs(
  test: TestApp,
  provider: TestProvider,
  person: Person | null,
  name = 'acme',
): Promise<CallbackVisit> {
  const start = await test.http.get(`/auth/oidc/${name}`).expect(302);
  return visitUrlAs(provider, person, start.get('Location') ?? '', cookieOf(start));
}

/** Sends a browser to a URL of the provider and back. Does not send the callback. */
export async function visitUrlAs(
  provider: TestProvider,
  person: Person | null,
  url: string,
  cookie: string,
): Promise<CallbackVisit> {
  provider.person = person;
  return { query: (await provider.visit(url)).search, cookie };
}

/** Sends the callback. */
export const sendCallback = (
  test: TestApp,
  { query, cookie }: CallbackVisit,
  name = 'acme',
): supertest.Test => test.http.get(`/auth/oidc/${name}/callback${query}`).set('Cookie', cookie);

/** Signs in completely, including the callback. */
export const signInAs = async (
  test: TestApp,
  provider: TestProvider,
  person: Person | null,
): Promise<supertest.Response> => sendCallback(test, await visitProviderAs(test, provider, person));

/**
 * As a signed-in user, starts to link an identity. Sends the browser to the provider and back, but does not send the
 * callback.
 */
export async function visitProviderToLinkAs(
  test: TestApp,
  provider: TestProvider,
  user: { readonly accessToken: string },
  person: Person | null,
  name = 'acme',
): Promise<CallbackVisit> {
  const start = await test.as(user).post(`/auth/oidc/${name}/link`).expect(200);
  return visitUrlAs(provider, person, start.body.data.url as string, cookieOf(start));
}

/** Returns the reasons of failed sign-ins, oldest first. */
export async function listSignInFailures({ db }: TestApp): Promise<unknown[]> {
  const rows = await db.query<{ reason: unknown }>(
    `SELECT details->>'reason' AS reason FROM audit_events WHERE type = 'oidc.sign_in_failed' ORDER BY id`,
  );
  return rows.map(({ reason }) => reason);
}
