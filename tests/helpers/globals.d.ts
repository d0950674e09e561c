declare global {
  // Only `var` declares a property of globalThis. The global setup stores the test run in it for the global teardown.
  var strataTestRun: { close(): Promise<void> } | undefined;
}

export {};
