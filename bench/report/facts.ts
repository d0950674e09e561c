import type { BudgetCheck } from '../budgets.ts';
import type { Options, PartName } from '../options.ts';
import type { Comparison } from '../measurements.ts';
import type { Contention } from '../parts/contention.ts';
import type { Flood } from '../parts/flood.ts';
import type { GrowthMeasurement } from '../parts/growth.ts';
import type { MemoryRun } from '../parts/memory.ts';
import type { ProcessCount } from '../parts/processes.ts';
import type { PackageTimes } from '../parts/profile.ts';
import type { Starts } from '../parts/start.ts';
import type { Writers } from '../parts/writers.ts';
import type { Machine } from './machine.ts';

/** The results of a run. */
export interface Facts {
  readonly options: Options;
  readonly machine: Machine;
  readonly startedAt: Date;
  readonly tookSeconds: number;
  readonly poolMax: number;
  /** null if an earlier run had already filled the database. */
  readonly seededInSeconds: number | null;
  readonly nodes: readonly NodeFacts[];
}

/** The results on one Node. Parts that did not run are undefined. */
export interface NodeFacts {
  readonly version: string;
  readonly tookSeconds: number;
  /** Parts that failed, with the reasons. */
  readonly failedParts: readonly { readonly name: PartName; readonly reason: string }[];
  readonly comparison?: Comparison | undefined;
  readonly budgets?: readonly BudgetCheck[] | undefined;
  readonly profiles?: readonly PackageTimes[] | undefined;
  readonly starts?: Starts | undefined;
  readonly flood?: Flood | undefined;
  readonly growth?: readonly GrowthMeasurement[] | undefined;
  readonly processes?: readonly ProcessCount[] | undefined;
  readonly writers?: Writers | undefined;
  readonly contention?: Contention | undefined;
  readonly memory?: MemoryRun | undefined;
  readonly testsSeconds?: number | undefined;
  readonly generateCpuSeconds?: number | undefined;
}
