import { setting } from './environment.ts';

// Preloaded into the built service to measure the cost of wake-ups: events are stored, but no worker is woken.

interface Notifier {
  prototype: { wake: () => void };
}

const { Notifier } = (await import(`${setting('BENCH_DIST')}/db/notifier.js`)) as { Notifier: Notifier };
Notifier.prototype.wake = () => undefined;
