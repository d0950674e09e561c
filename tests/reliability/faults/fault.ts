import type { Random } from '../random.ts';
import type { TestEnvironment } from '../environment/environment.ts';

/** A kind of fault that can be injected. */
export interface Fault {
  /** `<target>.<failure>`, such as `worker.kill`. */
  readonly kind: string;
  /** The shortest and the longest duration, in seconds. */
  readonly seconds: readonly [least: number, most: number];
  /**
   * True if a client may get no response during the fault although the service works correctly. Response times are not
   * checked then.
   */
  readonly silencesService?: boolean;
  /**
   * True if the database may execute a statement without answering. A request may then take longer, because the service
   * has to wait for the outcome of a COMMIT.
   */
  readonly silencesDatabase?: boolean;
  /** Returns whether the fault can be caused in this environment. */
  isPossible?(environment: TestEnvironment): boolean;
  /** Starts the fault. */
  inject(environment: TestEnvironment, random: Random): Promise<InjectedFault>;
}

/** A fault that has started: what it affects, and how to end it. */
export interface InjectedFault {
  readonly target: string;
  readonly end: () => Promise<void>;
}

export const noRevert = async (): Promise<void> => undefined;
