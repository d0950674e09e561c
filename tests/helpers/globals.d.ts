declare global {
  // Only `var` declares a property of globalThis. Global setup passes the run to global teardown through it.
  var strataTestRun: { close(): Promise<void> } | undefined;
}

export {};
