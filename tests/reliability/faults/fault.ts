import type { Random } from '../random.ts';
import type { Stand } from '../stand/stand.ts';

/** One way for things to go wrong. */
export interface Fault {
  /** `what.how`, such as `worker.kill`. */
  readonly kind: string;
  /** How long it lasts, at least and at most. */
  readonly seconds: readonly [least: number, most: number];
  /** Whether it keeps answers from clients however well the service behaves, so that nobody can be held to a time. */
  readonly silencesService?: boolean;
  /** Whether the database takes statements and answers none, so that the outcome of a COMMIT is waited for. */
  readonly silencesDatabase?: boolean;
  /** Whether this stand has what it takes. */
  isPossible?(stand: Stand): boolean;
  /** Lets it happen; gives what ends it, and whom it struck. */
  inflict(stand: Stand, random: Random): Promise<Inflicted>;
}

export interface Inflicted {
  readonly target: string;
  readonly end: () => Promise<void>;
}

export const nothingToEnd = async (): Promise<void> => undefined;
