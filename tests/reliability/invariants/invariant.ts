import type { Evidence } from '../evidence.ts';

/** The result of checking an invariant against a run. */
export type Verdict =
  | { readonly checked: number; readonly violations: readonly string[]; readonly note?: string }
  /** Why the invariant could not be checked. */
  | { readonly notChecked: string };

/** A statement that must hold after every run, whatever faults were injected. */
export interface Invariant {
  /** Identifies the invariant in reports and in the list of mutants. */
  readonly number: string;
  readonly promise: string;
  check(evidence: Evidence): Verdict | Promise<Verdict>;
}
