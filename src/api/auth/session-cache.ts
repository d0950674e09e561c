import type { Clock } from '../../core/ports.ts';

/** What decides on whether a session's access tokens are good. */
export interface SessionState {
  readonly userId: string;
  readonly isLive: boolean;
  readonly tokenVersion: number;
  readonly roles: readonly string[];
  readonly authTime: Date;
  readonly hasMfa: boolean;
}

interface Entry {
  readonly state: SessionState | null;
  readonly loadedAtMs: number;
}

const maxAgeMs = 1_000;
const maxEntries = 10_000;

/** Remembers the state of sessions for at most one second, and forgets at once what ends in this process. */
export class SessionCache {
  readonly #entries = new Map<string, Entry>();
  // Rises with each ending: what was asked of the database before one is not remembered after it.
  #epoch = 0;

  constructor(
    private readonly clock: Clock,
    private readonly load: (sessionId: string, userId: string) => Promise<SessionState | null>,
  ) {}

  async read(
    sessionId: string,
    userId: string,
    { isFresh }: { isFresh: boolean },
  ): Promise<SessionState | null> {
    const startedMs = this.clock.now().getTime();
    const known = this.#entries.get(sessionId);
    const ageMs = known === undefined ? Infinity : startedMs - known.loadedAtMs;
    if (!isFresh && known !== undefined && ageMs >= 0 && ageMs < maxAgeMs) return known.state;
    const epoch = this.#epoch;
    const state = await this.load(sessionId, userId);
    if (epoch === this.#epoch) this.#store(sessionId, { state, loadedAtMs: startedMs });
    return state;
  }

  invalidate(sessionId: string): void {
    this.#epoch += 1;
    this.#entries.delete(sessionId);
  }

  invalidateAll(): void {
    this.#epoch += 1;
    this.#entries.clear();
  }

  #store(sessionId: string, entry: Entry): void {
    // Entries live for a second: to drop all of them costs a query each, and needs no bookkeeping.
    if (this.#entries.size >= maxEntries) this.#entries.clear();
    this.#entries.set(sessionId, entry);
  }
}
