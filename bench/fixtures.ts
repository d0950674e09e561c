import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createBcryptHasher } from '../src/adapters/bcrypt-hasher.ts';
import type { Environment } from '../src/config/environment.ts';
import { countedMax, encodeCursor, searchCountedMax } from '../src/core/pagination.ts';

const password = 'correct horse battery';
const bcryptCost = 12;
const sampleSize = 10_000;
const pagesPerDepth = 50;
const sessionsFor = { tokens: 8, logins: 128, refreshes: 32 };

/** The accounts and rows that the scenarios use. */
export interface Fixtures {
  readonly password: string;
  readonly admin: string;
  /** Customers with a password: for access tokens, for the login scenario and for the refresh scenario. */
  readonly buyers: readonly string[];
  readonly logins: readonly string[];
  readonly refreshers: readonly string[];
  readonly buyerIds: readonly string[];
  /** Product ids from all places in the table. */
  readonly productIds: readonly string[];
  readonly orderIds: readonly string[];
  /** Returns cursors to pages near this depth, counted in rows. 0 is the first page. */
  cursorsAt(depth: number): Promise<readonly string[]>;
}

/** Returns the environment for every server. Its secrets are new in each run. */
export function serverEnvironment(databaseUrl: string, poolMax: number): Environment {
  const secret = () => randomBytes(48).toString('base64');
  // The rate limits must count every request, as in production, but never refuse one. Therefore the limit is not 0 but
  // very high.
  const limit = '1000000';
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: String(poolMax),
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    BCRYPT_COST: String(bcryptCost),
    RATE_LIMIT_GLOBAL_PER_MINUTE: limit,
    RATE_LIMIT_AUTH_PER_15_MINUTES: limit,
    RATE_LIMIT_WRITES_PER_MINUTE: limit,
    BENCH_TOKEN_KEY: secret(),
    BENCH_COUNTED_MAX: String(countedMax),
    BENCH_SEARCH_COUNTED_MAX: String(searchCountedMax),
  };
}

/** Runs `work` with the fixtures of this database. */
export async function withFixtures<T>(
  databaseUrl: string,
  environment: Environment,
  work: (fixtures: Fixtures) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(await loadFixtures(client, environment));
  } finally {
    await client.end();
  }
}

/** Sets passwords for some customers and loads the fixtures. */
async function loadFixtures(client: pg.Client, environment: Environment): Promise<Fixtures> {
  const hasher = createBcryptHasher({ cost: bcryptCost, pepper: environment['PASSWORD_PEPPER'] ?? '' });
  const count = sessionsFor.tokens + sessionsFor.logins + sessionsFor.refreshes;
  const { rows: users } = await client.query<{ id: string; email: string }>(
    `UPDATE users SET password_hash = $1 WHERE id = ANY (ARRAY(SELECT id FROM users ORDER BY created_at, id LIMIT $2))
     RETURNING id, email`,
    [await hasher.hash(password), count + 1],
  );
  const [admin, ...customers] = users.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const emails = customers.map(({ email }) => email);
  const afterTokens = sessionsFor.tokens + sessionsFor.logins;
  return {
    password,
    admin: admin?.email ?? '',
    buyers: emails.slice(0, sessionsFor.tokens),
    logins: emails.slice(sessionsFor.tokens, afterTokens),
    refreshers: emails.slice(afterTokens),
    buyerIds: customers.slice(0, sessionsFor.tokens).map(({ id }) => id),
    productIds: await sampleIds(client, 'products WHERE stock > 0'),
    orderIds: await sampleIds(client, 'orders WHERE true'),
    cursorsAt: (depth) => cursorsAt(client, depth),
  };
}

async function sampleIds(client: pg.Client, which: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS total FROM ${which}) AS numbered
     WHERE n % greatest(1, total / $1) = 0`,
    [sampleSize],
  );
  return rows.map(({ id }) => id);
}

async function cursorsAt(client: pg.Client, depth: number): Promise<string[]> {
  if (depth === 0) return [''];
  const { rows } = await client.query<{ id: string; createdAt: Date }>(
    `SELECT id, created_at AS "createdAt" FROM products WHERE deleted_at IS NULL
     ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT $2`,
    [depth - 1, pagesPerDepth],
  );
  return rows.map(({ id, createdAt }) => encodeCursor('-createdAt', [createdAt.toISOString(), id]));
}
