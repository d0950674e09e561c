import type { Contract } from './contract.ts';

declare global {
  // `var` is what makes it a property of globalThis, where global set-up and tear-down meet.
  var strataTestServer: { stop(): Promise<void>; dir: string } | undefined;
  /** What openapi.json promises; read when it is first asked for. */
  var strataContract: () => Contract;
}

export {};
