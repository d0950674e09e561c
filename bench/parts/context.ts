import type { Environment } from '../../src/config/environment.ts';
import type { Fixtures } from '../fixtures.ts';
import type { Options } from '../options.ts';

/** The dependencies of every part of a run. */
export interface PartContext {
  readonly options: Options;
  readonly environment: Environment;
  readonly fixtures: Fixtures;
  readonly log: (line: string) => void;
}
