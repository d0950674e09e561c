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

/** Links in mails: a random token, stored as its hash, good once and for a time. */
export class Links {
  constructor(private readonly links: LinkRepository) {}

  /** Makes a token for this user and purpose, in the place of the one before. */
  async issue(userId: string, purpose: LinkPurpose, email: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.links.replace({
      userId,
      purpose,
      tokenHash: hashOf(token),
      email,
      lifeSeconds: ttlSeconds[purpose],
    });
    return token;
  }

  /** Whose token it is, without using it up. */
  find(token: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    return this.links.find(hashOf(token), purpose);
  }

  /** As `find`; throws `AUTH_INVALID_LINK` for a token that is not valid. */
  async get(token: string, purpose: LinkPurpose): Promise<LinkOwner> {
    const found = await this.find(token, purpose);
    if (found === null) throw authErrors.invalidLink();
    return found;
  }

  /** Uses the token up, in the transaction of what it is good for; null when it is not good (any more). */
  consume(token: string, purpose: LinkPurpose): Promise<LinkOwner | null> {
    return this.links.consume(hashOf(token), purpose);
  }

  /** Ends the link of a user for this purpose. */
  revokeFor(userId: string, purpose: LinkPurpose): Promise<void> {
    return this.links.deleteFor(userId, purpose);
  }

  /** Ends every link of a user: what they were sent for has changed. */
  revokeAllFor(userId: string): Promise<void> {
    return this.links.deleteAllFor(userId);
  }
}
