import type { ErrorFactory } from './errors.ts';

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
  /**
   * Takes as long for `null` (nobody by that name) as for a stored hash. `findStored` is called once there is a turn
   * to hash: what it counts is then compared, too.
   */
  verify(password: string, findStored: () => Promise<string | null>): Promise<boolean>;
  /** Whether the hash was made with another cost or pepper than those in force. */
  isOutdated(stored: string): boolean;
}

/** How much of an allowance is left. */
export interface Quota {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  /** Negative once it is used up and asked for again. */
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** The key of a machine, where one speaks for a user. */
export interface MachineKey {
  readonly id: string;
  /** The only permissions that it may use of its user's. */
  readonly scopes: ReadonlySet<string>;
  /** The tenant that it belongs to: it gives no access to another. Null if it belongs to its user. */
  readonly organizationId: string | null;
  readonly quotas: readonly Quota[];
}

/** Whoever a bearer token speaks for, as they are now. */
export interface Principal {
  readonly userId: string;
  /** The session, or the key of a machine, that the token belongs to. */
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly authenticatedAt: Date;
  /** Rises with every change that ends access. */
  readonly tokenVersion: number;
  /** Whether a second factor was shown at sign-in. */
  readonly hasMfa: boolean;
  readonly machineKey: MachineKey | null;
}

/**
 * Tells who a bearer token speaks for; null when it is not a token of its kind, or not valid (any more).
 * With `isFresh` the answer is never older than the call; otherwise it may be up to one second old.
 * Throws when the database cannot be asked: nobody is let through on a guess.
 */
export interface Authenticator {
  /** What it throws for a token that it knows and does not let through. */
  readonly refusals?: readonly ErrorFactory[];
  authenticate(token: string, options: { isFresh: boolean; ip: string }): Promise<Principal | null>;
}

/** A mail that is ready to leave. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails over for delivery; throws when that failed and may be tried again. */
export interface Mailer {
  deliver(mail: Mail): Promise<void>;
}

/** Encrypts single values of the database (AES-256-GCM); `place` binds a value to its column and row, such as `mails.content:<id>`. */
export interface ColumnCipher {
  encrypt(text: string, place: string): string;
  /** Throws when the value was changed, moved, or encrypted with a key that is not configured. */
  decrypt(value: string, place: string): string;
  /** Whether the value was encrypted with another key than the current one, or not at all. */
  isOutdated(value: string): boolean;
}

/** How often something may be tried, and what follows on too many failures. */
export interface AttemptPolicy {
  readonly limit: number;
  readonly windowSeconds: number;
  /** The first lock, the second, and so on; the last one repeats. */
  readonly lockSeconds: readonly number[];
}

/** Counts attempts before they are judged, in the database: parallel guesses are counted each (no check before the act). */
export interface Attempts {
  /**
   * Counts one attempt and gives its number, from 1 to the limit, which locks; null when the subject is locked, and then
   * it counts for nothing. `kind` keeps the counters of one subject apart.
   */
  charge(subject: string, kind: string, policy: AttemptPolicy): Promise<number | null>;
  /** Forgets the attempts of a subject, of one kind or of all. */
  clear(subject: string, kind?: string): Promise<void>;
}

/** A POST to an address that somebody else has chosen. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the whole of it, from the look-up of the name to the last byte that is read. */
  readonly timeoutMs: number;
  /** How much of the answer is read; the connection ends there. */
  readonly responseMaxBytes: number;
  /** Whether it may reach this machine and private networks, too. */
  readonly allowsPrivate: boolean;
  readonly signal: AbortSignal;
}

export interface OutgoingResponse {
  readonly status: number;
  /** In UTF-8, whatever the answer says of itself. */
  readonly body: string;
}

/** Calls addresses that are not ours to trust. */
export interface OutgoingHttp {
  /**
   * Posts once, and follows no redirect: that is an answer like any other. The addresses that a name leads to are judged
   * when the connection is made, so that none can change in between. Throws when no answer came, with a message for whoever chose the address.
   */
  post(post: OutgoingPost): Promise<OutgoingResponse>;
}

/**
 * A calculation that takes the processor for long. Threads load its file and call `run`, which the file exports under its own
 * name: it should import little, and touch nothing but its input.
 */
export interface WorkerTask<Input, Output> {
  /** The `import.meta.url` of the file. */
  readonly file: string;
  readonly run: (input: Input) => Output;
}

/** Carries out calculations in threads of their own, so that the event loop stays free. */
export interface WorkerPool {
  /** Input and output are copied (structured clone), so that both must be data. Throws what the task throws, or when it is aborted. */
  run<Input, Output>(
    task: WorkerTask<Input, Output>,
    input: NoInfer<Input>,
    signal: AbortSignal,
  ): Promise<Output>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}
