import type { Options, PartName } from '../options.ts';
import type { Comparison } from '../measurements.ts';
import type { Flood } from '../parts/flood.ts';
import type { Grown } from '../parts/growth.ts';
import type { MemoryRun } from '../parts/memory.ts';
import type { ProcessCount } from '../parts/processes.ts';
import type { Starts } from '../parts/start.ts';
import type { Machine } from './machine.ts';

/** All that a run has found out; what it was not to find out is missing. */
export interface Facts {
  readonly options: Options;
  readonly machine: Machine;
  readonly startedAt: Date;
  readonly tookSeconds: number;
  readonly poolMax: number;
  /** null when the database was kept from an earlier run. */
  readonly seededInSeconds: number | null;
  /** Parts that could not be measured, and why. */
  readonly failedParts: readonly { readonly name: PartName; readonly reason: string }[];
  readonly comparison?: Comparison | undefined;
  readonly starts?: Starts | undefined;
  readonly flood?: Flood | undefined;
  readonly growth?: readonly Grown[] | undefined;
  readonly processes?: readonly ProcessCount[] | undefined;
  readonly memory?: MemoryRun | undefined;
  readonly testsSeconds?: number | undefined;
}
