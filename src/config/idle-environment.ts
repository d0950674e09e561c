import { randomBytes } from 'node:crypto';
import type { Environment } from './environment.ts';

const secret = (): string => randomBytes(32).toString('base64url');

/**
 * Returns an environment for building the service only to describe it. A service with this environment never connects
 * to anything.
 */
export const idleEnvironment = (): Environment => ({
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
  JWT_SECRET: secret(),
  PASSWORD_PEPPER: secret(),
});
