/** Computes when requests start at a constant rate, in ms since the first one. */
export class ConstantRate {
  constructor(private readonly perSecond: number) {
    if (!(perSecond > 0))
      throw new Error(`The rate must be above 0 requests per second, but is ${perSecond}.`);
  }

  intendedMs(index: number): number {
    return (index * 1_000) / this.perSecond;
  }

  /** Returns how many requests must have started by this time. */
  dueBy(elapsedMs: number): number {
    return elapsedMs < 0 ? 0 : Math.floor((elapsedMs * this.perSecond) / 1_000 + 1e-9) + 1;
  }
}
