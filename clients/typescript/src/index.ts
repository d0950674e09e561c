export {
  createStrataClient,
  type Credentials,
  type StrataClient,
  type StrataClientOptions,
} from './client.ts';
export { StrataError, unwrap } from './errors.ts';
export type { RetryOptions } from './retry.ts';
export type { components, operations, paths } from './schema.ts';
export type { SessionState, SessionStorage } from './session.ts';
