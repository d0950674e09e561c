/** Tells the time; tests pass one that they set. */
export interface Clock {
  now(): Date;
}

/** Makes identifiers: UUIDv7 (RFC 9562), which sort by the time of making. */
export interface Ids {
  next(): string;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one structured line a call; the request's id is added when there is a request. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Turns passwords into something safe to store, and back into yes or no. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody by that name) as for a stored hash. */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether the hash was made with another cost or pepper than those in force. */
  isOutdated(stored: string): boolean;
}

/** Whoever an access token speaks for, as they are now. */
export interface Principal {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly authenticatedAt: Date;
}

/**
 * Tells who an access token speaks for; null when it is not valid (any more).
 * With `isFresh` the answer is never older than the call; otherwise it may be up to one second old.
 * Throws when the database cannot be asked: nobody is let through on a guess.
 */
export interface Authenticator {
  authenticate(accessToken: string, options: { isFresh: boolean }): Promise<Principal | null>;
}
