// Jest creates these globals for each test file, but modules are loaded only once. They import the globals as live
// bindings, so they always see the current ones.
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** The runtime calls this before each test file. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
