import { createHash, randomBytes } from 'node:crypto';
import { authErrors } from './auth.errors.ts';
import type { LinkPurpose } from './link.model.ts';
import type { LinkOwner, LinkRepository } from './link.repository.ts';

const hour = 3_600;

const ttlSeconds: Record<LinkPurpose, number> = {
  'verify-email': 24 * hour,
  'reset-password': hour,
  'change-email': hour,
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Issues and consumes the one-time links in mails. The token is random, expires, and is stored as a hash. */
export class Links {
  constructor(private readonly links: LinkRepository) {}

  /** Issues a token for this user and purpose. Replaces an earlier token for the same purpose. */
  async issue(userId: string, purpose: LinkPurpose, email: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.links.replace({
      userId,
      purpose,
      tokenHash: hashOf(token),
      email,
      ttlSeconds: ttlSeconds[purpose],
    });
    return token;
  }

  /** Returns the owner of a token without consuming it, or null if the token is invalid or expired. */
  find(token: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    return this.links.find(hashOf(token), purpose);
  }

  /** Returns the owner of a token without consuming it. Throws `AUTH_INVALID_LINK` if it is invalid or expired. */
  async get(token: string, purpose: LinkPurpose): Promise<LinkOwner> {
    const found = await this.find(token, purpose);
    if (found === null) throw authErrors.invalidLink();
    return found;
  }

  /**
   * Consumes a token and returns its owner, or null if it is invalid, used or expired. Call it in the transaction that
   * makes the change.
   */
  consume(token: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    return this.links.consume(hashOf(token), purpose);
  }

  /** Revokes the link of a user for this purpose. */
  revokeFor(userId: string, purpose: LinkPurpose): Promise<void> {
    return this.links.deleteFor(userId, purpose);
  }

  /** Revokes all links of a user. */
  revokeAllFor(userId: string): Promise<void> {
    return this.links.deleteAllFor(userId);
  }
}
