import type { Evidence } from '../evidence.ts';

/** What came of holding an invariant against a run. */
export type Verdict =
  | { readonly checked: number; readonly violations: readonly string[]; readonly note?: string }
  /** The service has no such thing yet. */
  | { readonly notChecked: string };

/** Something that holds after every run, whatever went wrong in it. */
export interface Invariant {
  /** Its number in the design; those beyond it are the rig's own. */
  readonly number: string;
  readonly promise: string;
  check(evidence: Evidence): Verdict | Promise<Verdict>;
}
