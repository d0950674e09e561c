import type { ErrorFactory } from './errors.ts';

/** A clock. Tests inject a fake. */
export interface Clock {
  now(): Date;
}

/** Generates identifiers: UUIDv7 (RFC 9562), which sort by creation time. */
export interface Ids {
  next(): string;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one structured line per call, with the request id if there is a request. */
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
   * Returns whether the password matches the stored hash. Takes as long if `findStored` returns null (unknown user).
   * `findStored` runs when a hashing slot is free, so that the attempts it counts are attempts that are compared.
   */
  verify(password: string, findStored: () => Promise<string | null>): Promise<boolean>;
  /** Returns whether the hash was made with another cost or pepper than the current ones. */
  isOutdated(stored: string): boolean;
}

/** The state of a quota. */
export interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** Negative if the quota is exceeded. */
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** An API key that acts for a user. */
export interface MachineKey {
  readonly id: string;
  /** The permissions of the user that the key may use. */
  readonly scopes: ReadonlySet<string>;
  /** The organization that owns the key and the only one it may access; null if the user owns it. */
  readonly organizationId: string | null;
  readonly quotas: readonly Quota[];
}

/** The user that a bearer token authenticates. */
export interface Principal {
  readonly userId: string;
  /** The id of the session or API key of the token. */
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly authenticatedAt: Date;
  /** Increases with every change that revokes access. */
  readonly tokenVersion: number;
  /** True if the sign-in used a second factor. */
  readonly hasMfa: boolean;
  readonly machineKey: MachineKey | null;
}

/**
 * Authenticates a bearer token. Returns null if the token is of another kind or not valid. With `isFresh` the result is
 * read from the database; otherwise it may be cached for one second. Throws if the database is unavailable.
 */
export interface Authenticator {
  /** The errors thrown for a valid token that is refused. */
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

/** Delivers mails. Throws if a delivery fails; the caller may retry it. */
export interface Mailer {
  deliver(mail: Mail): Promise<void>;
}

/** Encrypts column values (AES-256-GCM). `place` binds a value to its column and row, such as `mails.content:<id>`. */
export interface ColumnCipher {
  encrypt(text: string, place: string): string;
  /** Throws if the value was changed, moved, or encrypted with a key that is not configured. */
  decrypt(value: string, place: string): string;
  /** Returns whether the value is not encrypted with the current key. */
  isOutdated(value: string): boolean;
}

/** A channel on which workers are woken. */
export type WakeUpChannel = 'strata_outbox' | 'strata_jobs';

/** Wakes the workers of all processes after a commit. */
export interface WakeUps {
  /** Never throws. A wake-up may be lost; the workers also poll. */
  wake(channel: WakeUpChannel): void;
}

/** The allowed attempts per time window, and the locks after too many failures. */
export interface AttemptPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
  /** The duration of the first lock, the second, and so on; the last one repeats. */
  readonly lockSeconds: readonly number[];
}

/** Counts attempts in the database before they are checked, so that concurrent guesses are all counted. */
export interface Attempts {
  /**
   * Counts an attempt and returns its number, from 1 to the limit, which locks. Returns null, without counting, if the
   * subject is locked. `kind` separates the counters of a subject.
   */
  charge(subject: string, kind: string, policy: AttemptPolicy): Promise<number | null>;
  /** Resets the attempts of a subject, of one kind or of all. */
  clear(subject: string, kind?: string): Promise<void>;
}

/** A POST request to a URL that a user has chosen. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The time limit for everything, from the DNS lookup to the last byte read. */
  readonly timeoutMs: number;
  /** The number of bytes of the response that are read; then the connection is closed. */
  readonly responseMaxBytes: number;
  /** True if the request may reach this machine and private networks. */
  readonly allowsPrivate: boolean;
  readonly signal: AbortSignal;
}

export interface OutgoingResponse {
  readonly status: number;
  /** Decoded as UTF-8, whatever charset the response declares. */
  readonly body: string;
}

/** Calls untrusted URLs. */
export interface OutgoingHttp {
  /**
   * Posts once. Returns a redirect as the response instead of following it. Checks the resolved addresses when it
   * connects, so that they cannot change in between. Throws if there is no response, with a message for the user who chose the URL.
   */
  post(post: OutgoingPost): Promise<OutgoingResponse>;
}

/**
 * A CPU-bound function. Worker threads import its file and call `run`, which the file must export under its own name. It
 * should import little and use nothing but its input.
 */
export interface WorkerTask<Input, Output> {
  /** The `import.meta.url` of the file. */
  readonly file: string;
  readonly run: (input: Input) => Output;
}

/** Runs CPU-bound functions in worker threads, so that the event loop is not blocked. */
export interface WorkerPool {
  /** Runs a task. Input and output are copied by structured clone. Throws what the task throws, or an abort error. */
  run<Input, Output>(
    task: WorkerTask<Input, Output>,
    input: NoInfer<Input>,
    signal: AbortSignal,
  ): Promise<Output>;
  /** Terminates all threads, even busy ones. */
  close(): Promise<void>;
}
