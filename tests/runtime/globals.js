// Modules are loaded only once, but Jest creates these globals for each test file. Because imports are live bindings,
// the modules see the current ones.
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** The runtime calls this before each test file. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
