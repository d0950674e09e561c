import type { TestApp, TestUser } from './app.ts';

/** The data of an API key in the response of the request that created it. */
export interface TestApiKey {
  readonly id: string;
  readonly prefix: string;
  readonly key: string;
  readonly version: number;
}

interface ApiKeyFields {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedAddresses: readonly string[];
  readonly quotaPerMinute: number;
  readonly quotaPerDay: number;
  readonly expiresAt: string;
}

/** Creates a key through the API. */
export async function buildApiKey(
  test: TestApp,
  user: TestUser,
  overrides: Partial<ApiKeyFields> = {},
): Promise<TestApiKey> {
  const body = { name: 'Nightly import', scopes: ['loans:place'], ...overrides };
  const response = await test.as(user).post('/api-keys').send(body).expect(201);
  return response.body.data as TestApiKey;
}

/** Returns a client that sends this key as its bearer token. */
export const withKey = (test: TestApp, { key }: Pick<TestApiKey, 'key'>): TestApp['http'] =>
  test.as({ accessToken: key });

type TimestampColumn = 'expires_at' | 'previous_expires_at' | 'last_used_at';

/** Sets a timestamp of a key to `seconds` ago, measured by the database's clock. */
export async function backdateKey(
  test: TestApp,
  { id }: TestApiKey,
  column: TimestampColumn,
  seconds: number,
): Promise<void> {
  await test.db.query(`UPDATE api_keys SET ${column} = now() - make_interval(secs => $2) WHERE id = $1`, [
    id,
    seconds,
  ]);
}
