import type { Random } from '../random.ts';
import type { TestEnvironment } from '../environment/environment.ts';

/** A kind of fault that can be injected. */
export interface Fault {
  /** `<target>.<failure>`, such as `worker.kill`. */
  readonly kind: string;
  /** The shortest and the longest duration. */
  readonly seconds: readonly [least: number, most: number];
  /** True if clients may get no response although the service behaves correctly. Response times are not checked meanwhile. */
  readonly silencesService?: boolean;
  /** True if the database accepts statements without answering, so that the service waits for the outcome of a COMMIT. */
  readonly silencesDatabase?: boolean;
  /** Returns whether this environment supports the fault. */
  isPossible?(environment: TestEnvironment): boolean;
  /** Injects the fault. */
  inject(environment: TestEnvironment, random: Random): Promise<InjectedFault>;
}

/** An active fault: its target and the function that reverts it. */
export interface InjectedFault {
  readonly target: string;
  readonly end: () => Promise<void>;
}

export const noRevert = async (): Promise<void> => undefined;
