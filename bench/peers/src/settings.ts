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
/** The key is an object, because jsonwebtoken would convert a string to a key object again for each token. */
export const tokenKey = createSecretKey(Buffer.from(setting('BENCH_TOKEN_KEY')));
/** A list counts its rows up to this number and estimates the total above it, as in the service. */
export const countedMax = Number(setting('BENCH_COUNTED_MAX'));

export const database: DataSourceOptions = {
  type: 'postgres',
  url: setting('DATABASE_URL'),
  poolSize: Number(setting('DATABASE_POOL_MAX')),
  entities: [Product],
};
