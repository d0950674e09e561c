import { createSecretKey } from 'node:crypto';
import type { DataSourceOptions } from 'typeorm';
import { Product } from './product.entity.ts';

/** Returns an environment variable. Throws if it is not set. */
function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set. Start this server with npm run bench.`);
  return value;
}

export const port = Number(setting('PORT'));
/** A key object, because jsonwebtoken would create one from a string for each token. */
export const tokenKey = createSecretKey(Buffer.from(setting('BENCH_TOKEN_KEY')));
/** The service counts the rows of a list up to this number. */
export const countedMax = Number(setting('BENCH_COUNTED_MAX'));

export const database: DataSourceOptions = {
  type: 'postgres',
  url: setting('DATABASE_URL'),
  poolSize: Number(setting('DATABASE_POOL_MAX')),
  entities: [Product],
};
