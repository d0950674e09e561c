/** When the requests of a constant rate are meant to begin, in ms since the first one. */
export class ConstantRate {
  constructor(private readonly perSecond: number) {
    if (!(perSecond > 0)) throw new Error(`${perSecond} requests a second is no rate: it must be above 0.`);
  }

  intendedMs(index: number): number {
    return (index * 1_000) / this.perSecond;
  }

  /** How many requests must have begun once this much time has passed. */
  dueBy(elapsedMs: number): number {
    return elapsedMs < 0 ? 0 : Math.floor((elapsedMs * this.perSecond) / 1_000 + 1e-9) + 1;
  }
}
