import type { Caller } from '../../http/route.ts';
import type { ApiKey } from './api-key.model.ts';
import type { CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';

/** A key with its full text, which cannot be recovered later. */
export interface IssuedApiKey {
  readonly apiKey: ApiKey;
  readonly key: string;
}

/** The API keys of a tenant, for other modules. */
export interface ApiKeys {
  /** Creates a key that belongs to a tenant and acts for the caller. Throws the errors of `POST /api-keys`. */
  createFor(organizationId: string, caller: Caller, body: CreateApiKeyBody): Promise<IssuedApiKey>;
  /** Returns the keys of a tenant that are not revoked, newest first. */
  listFor(organizationId: string): Promise<ApiKey[]>;
  /** Rotates the secret of a key. Throws `API_KEYS_NOT_FOUND` or `API_KEYS_EXPIRED`. */
  rotateFor(organizationId: string, id: string, body: RotateApiKeyBody): Promise<IssuedApiKey>;
  /** Revokes a key. Throws `API_KEYS_NOT_FOUND`. */
  revokeFor(organizationId: string, id: string): Promise<void>;
  /** Revokes the keys of a tenant that act for this user, or all of its keys, in the open transaction. */
  revokeAllFor(organizationId: string, userId?: string): Promise<void>;
}
