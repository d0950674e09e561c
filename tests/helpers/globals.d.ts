declare global {
  // `var` is what makes it a property of globalThis, where global set-up and tear-down meet.
  var strataTestRun: { close(): Promise<void> } | undefined;
}

export {};
