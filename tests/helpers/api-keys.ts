import type { TestApp, TestUser } from './app.ts';

/** A key as its one answer shows it. */
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

/** Makes a key through the API. */
export async function buildApiKey(
  test: TestApp,
  user: TestUser,
  overrides: Partial<ApiKeyFields> = {},
): Promise<TestApiKey> {
  const body = { name: 'Nightly import', scopes: ['loans:place'], ...overrides };
  const response = await test.as(user).post('/api-keys').send(body).expect(201);
  return response.body.data as TestApiKey;
}

/** Requests with this key. */
export const withKey = (test: TestApp, { key }: Pick<TestApiKey, 'key'>): TestApp['http'] =>
  test.as({ accessToken: key });

type Moment = 'expires_at' | 'previous_expires_at' | 'last_used_at';

/** Sets a moment of a key to some seconds ago, by the database's clock. */
export async function backdateKey(
  test: TestApp,
  { id }: TestApiKey,
  moment: Moment,
  seconds: number,
): Promise<void> {
  await test.db.query(`UPDATE api_keys SET ${moment} = now() - make_interval(secs => $2) WHERE id = $1`, [
    id,
    seconds,
  ]);
}
