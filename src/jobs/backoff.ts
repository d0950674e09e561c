interface Backoff {
  /** Maximum delay after the first attempt, in seconds. 2 by default. The maximum doubles with each further attempt. */
  readonly firstSeconds?: number;
  /** Limit for every delay: a number of seconds or an SQL parameter. 900 by default. */
  readonly maxSeconds?: number | `$${number}`;
  /** Share of the delay that is random, from 0 to 1. 1 by default. */
  readonly jitter?: number;
}

/**
 * Returns the SQL expression for the time of the next attempt: `now()` plus an exponential delay with jitter. The
 * expression reads the column `attempts`, which counts the attempts so far. Events, jobs and mails compute their retry
 * delays with this function. docs/reliability.md lists where each of them decides when to
 * give up.
 */
export const nextAttemptAt = ({ firstSeconds = 2, maxSeconds = 900, jitter = 1 }: Backoff = {}): string =>
  `now() + make_interval(secs =>
     least(${firstSeconds} * 2 ^ least(attempts - 1, 20), ${maxSeconds}::float) * (1 - random() * ${jitter}))`;
