interface Backoff {
  /** Upper bound of the delay after the first attempt, in seconds; it doubles with each further attempt. 2 by default. */
  readonly firstSeconds?: number;
  /** Upper bound of every delay, in seconds: a number or an SQL parameter. 900 by default. */
  readonly maxSeconds?: number | `$${number}`;
  /** Share of the upper bound that is random, from 0 to 1. 1 by default. */
  readonly jitter?: number;
}

/**
 * Returns the SQL expression for the time of the next attempt: an exponential delay with jitter after `now()`. Reads the
 * column `attempts`, which counts the attempts so far. Events, jobs and mails take their retry delays from here; `defineJob`,
 * the relay and `MailRepository` limit their number.
 */
export const nextAttemptAt = ({ firstSeconds = 2, maxSeconds = 900, jitter = 1 }: Backoff = {}): string =>
  `now() + make_interval(secs =>
     least(${firstSeconds} * 2 ^ least(attempts - 1, 20), ${maxSeconds}::float) * (1 - random() * ${jitter}))`;
