import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import { codeVerifierColumn, OidcFlow } from './oidc-flow.model.ts';

type NewFlow = Omit<OidcFlow, 'createdAt' | 'expiresAt'>;

/** A flow that was deleted on the return of the browser. `isInTime` is false if the flow had expired. */
export interface ConsumedFlow extends NewFlow {
  readonly isInTime: boolean;
}

const { table, column } = codeVerifierColumn;
const associatedDataOf = (stateHash: string): string => `${table}.${column}:${stateHash}`;
const lifetime = "interval '10 minutes'";

/** Queries on `oidc_flows`. The database clock decides on expiry. */
export class OidcFlowRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  async insert(flow: NewFlow): Promise<void> {
    const { stateHash, provider, nonce, codeVerifier, browserHash, linkUserId, linkTokenVersion } = flow;
    await this.db.query(
      `INSERT INTO oidc_flows (state_hash, provider, nonce, code_verifier, browser_hash, link_user_id,
         link_token_version, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + ${lifetime})`,
      [
        stateHash,
        provider,
        nonce,
        this.cipher.encrypt(codeVerifier, associatedDataOf(stateHash)),
        browserHash,
        linkUserId,
        linkTokenVersion,
      ],
    );
  }

  /** Deletes and returns a flow, or null. Of two concurrent calls with the same state, only one succeeds. */
  async consume(stateHash: string): Promise<ConsumedFlow | null> {
    const [flow] = await this.db.query<ConsumedFlow>(
      `DELETE FROM oidc_flows WHERE state_hash = $1
       RETURNING state_hash AS "stateHash", provider, nonce, code_verifier AS "codeVerifier",
         browser_hash AS "browserHash", link_user_id AS "linkUserId", link_token_version AS "linkTokenVersion",
         expires_at > now() AS "isInTime"`,
      [stateHash],
    );
    if (flow === undefined) return null;
    return { ...flow, codeVerifier: this.cipher.decrypt(flow.codeVerifier, associatedDataOf(stateHash)) };
  }

  async deleteAllOf(userId: string): Promise<void> {
    await this.db.repository(OidcFlow).delete({ linkUserId: userId });
  }

  /** Deletes up to `limit` expired flows and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('oidc_flows', 'expires_at < now()', limit);
  }
}
