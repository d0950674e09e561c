declare global {
  // `var` is what makes it a property of globalThis, where global set-up and tear-down meet.
  var strataTestServer: { stop(): Promise<void>; dir: string } | undefined;
}

export {};
