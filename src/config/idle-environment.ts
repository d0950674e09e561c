import { randomBytes } from 'node:crypto';
import type { Environment } from './environment.ts';

const secret = (): string => randomBytes(32).toString('base64url');

/** Returns the environment of a service that is built to be described and never connects to anything. */
export const idleEnvironment = (): Environment => ({
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  JWT_SECRET: secret(),
  PASSWORD_PEPPER: secret(),
});
