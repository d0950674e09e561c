import type { Environment } from '../../src/config/environment.ts';
import type { Fixtures } from '../fixtures.ts';
import type { Options } from '../options.ts';

/** What every part of a run works with. */
export interface PartContext {
  readonly options: Options;
  readonly environment: Environment;
  readonly fixtures: Fixtures;
  readonly log: (line: string) => void;
}
