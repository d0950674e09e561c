declare global {
  // The global setup stores the test run here for the global teardown. `var`, because only `var` declares a property of
  // globalThis.
  var strataTestRun: { close(): Promise<void> } | undefined;
}

export {};
