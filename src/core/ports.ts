import type { ErrorFactory } from './errors.ts';

/** Returns the current time. Tests inject a fake clock. */
export interface Clock {
  now(): Date;
}

/** Generates ids: UUIDv7 (RFC 9562), which sort by creation time. */
export interface Ids {
  next(): string;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one structured line per call. The line contains the request id if there is a request. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Hashes and verifies passwords. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /**
   * Returns whether the password matches the stored hash. If `findStored` returns null because the user is unknown, the
   * check takes just as long. `findStored` runs only when a hashing slot is free, so that an attempt is counted only if
   * its password is compared.
   */
  verify(password: string, findStored: () => Promise<string | null>): Promise<boolean>;
  /** Returns whether the hash was made with a cost or a pepper that is not the current one. */
  isOutdated(stored: string): boolean;
}

/** The current state of a rate quota. */
export interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** The uses that are left. Negative after the quota is exceeded. */
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** An API key that acts for a user. */
export interface MachineKey {
  readonly id: string;
  /** The permissions that the key may use, if the user has them. */
  readonly scopes: ReadonlySet<string>;
  /** The organization that owns the key, or null if a user owns the key. The key may access no other organization. */
  readonly organizationId: string | null;
  readonly quotas: readonly Quota[];
}

/** The user that a bearer token authenticates. */
export interface Principal {
  readonly userId: string;
  /** The id of the session or API key that the token belongs to. */
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly authenticatedAt: Date;
  /** A number that grows with every change that revokes access. */
  readonly tokenVersion: number;
  /** True if the sign-in used a second factor. */
  readonly hasMfa: boolean;
  readonly machineKey: MachineKey | null;
}

/**
 * Authenticates a bearer token. Returns null if the token is invalid or of another kind. With `isFresh`, reads the
 * database. Otherwise, the result may come from a cache and be up to one second old. Throws if the database is
 * unavailable.
 */
export interface Authenticator {
  /** The errors that the authenticator throws for a valid token that must not be used. */
  readonly refusals?: readonly ErrorFactory[];
  authenticate(token: string, options: { isFresh: boolean; ip: string }): Promise<Principal | null>;
}

/** A rendered mail. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Delivers mails. Throws if a delivery fails, so that the mail queue retries the mail. */
export interface Mailer {
  deliver(mail: Mail): Promise<void>;
}

/**
 * Encrypts column values (AES-256-GCM). `place` names the column and row of a value, such as `mails.content:<id>`. A
 * value can be decrypted only at its own place.
 */
export interface ColumnCipher {
  encrypt(text: string, place: string): string;
  /**
   * Throws if the value was changed, was copied from another place, or was encrypted with a key that is not configured.
   */
  decrypt(value: string, place: string): string;
  /** Returns whether the value was encrypted with an older key, or not at all. */
  isOutdated(value: string): boolean;
}

/** The notification channels that wake workers. */
export type WakeUpChannel = 'strata_outbox' | 'strata_jobs';

/** Wakes the workers of all processes after a commit. */
export interface WakeUps {
  /** Wakes the workers of a channel. Never throws. A wake-up may be lost, so the workers also poll. */
  wake(channel: WakeUpChannel): void;
}

/** How many attempts are allowed in a time window, and how long a subject is locked after too many failures. */
export interface AttemptPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
  /** The duration of the first lock, of the second, and so on. The last duration applies to all further locks. */
  readonly lockSeconds: readonly number[];
}

/**
 * Counts attempts in the database before they are checked, so that concurrent guesses are all counted. The subject of
 * an attempt is the thing to protect, such as an account.
 */
export interface Attempts {
  /**
   * Counts an attempt and returns its number, from 1 to the limit. The attempt with the number of the limit locks the
   * subject. Returns null, without counting, while the subject is locked. `kind` separates several counters of one
   * subject.
   */
  charge(subject: string, kind: string, policy: AttemptPolicy): Promise<number | null>;
  /** Resets the counters of a subject. If `kind` is set, resets only this counter. */
  clear(subject: string, kind?: string): Promise<void>;
}

/** A POST request to a URL that a user has chosen. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The time limit for the whole request, from the DNS lookup to the last byte read. */
  readonly timeoutMs: number;
  /** How many bytes of the response are read before the connection is closed. */
  readonly responseMaxBytes: number;
  /** True if the request may reach this machine and private networks. */
  readonly allowsPrivate: boolean;
  readonly signal: AbortSignal;
}

export interface OutgoingResponse {
  readonly status: number;
  /** The body decoded as UTF-8, even if the response declares another charset. */
  readonly body: string;
}

/** Sends requests to URLs that users have chosen and that may be malicious. */
export interface OutgoingHttp {
  /**
   * Sends one POST request. Does not follow a redirect, but returns it as the response. Checks the IP addresses at the
   * moment of connecting, so that they cannot change after the check. Throws if there is no response. The message of
   * that error is meant for the user who chose the URL.
   */
  post(post: OutgoingPost): Promise<OutgoingResponse>;
}

/**
 * A CPU-bound function for a worker thread. The thread imports the file and finds `run` by the name of the function, so
 * the file must export the function under that name. The file should import little, and the function should use only
 * its input.
 */
export interface WorkerTask<Input, Output> {
  /** The `import.meta.url` of the file. */
  readonly file: string;
  readonly run: (input: Input) => Output;
}

/** Runs CPU-bound functions in worker threads, so that the event loop is not blocked. */
export interface WorkerPool {
  /** Runs a task. Input and output are copied by structured clone. Throws the error of the task, or an abort error. */
  run<Input, Output>(
    task: WorkerTask<Input, Output>,
    input: NoInfer<Input>,
    signal: AbortSignal,
  ): Promise<Output>;
  /** Ends all threads, even those that are still working. */
  close(): Promise<void>;
}
