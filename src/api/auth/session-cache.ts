import type { Clock } from '../../core/ports.ts';

/** The state of a session and its user that decides whether its access tokens are valid. */
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

/** Caches the state of sessions for one second. Sessions that end in this process are invalidated immediately. */
export class SessionCache {
  readonly #entries = new Map<string, Entry>();
  // Incremented by each invalidation. A state whose load started before an invalidation is not cached.
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
    // Clear the whole cache instead of evicting single entries. All entries expire after one second anyway.
    if (this.#entries.size >= maxEntries) this.#entries.clear();
    this.#entries.set(sessionId, entry);
  }
}
