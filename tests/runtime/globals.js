// A module is loaded once, but Jest makes these for each file: whoever has imported them sees what was set last.
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** Called by the runtime before each file. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
