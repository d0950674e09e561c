import type { Users } from '../users/index.ts';
import type { SessionState } from './session-cache.ts';
import type { SessionRepository } from './session.repository.ts';

/** Returns a function that loads the state of a session and its user, or null if one of them does not exist. */
export const createStateLoader =
  (sessions: SessionRepository, users: Users) =>
  async (sessionId: string, userId: string): Promise<SessionState | null> => {
    // Run the two queries one after the other. In parallel, each request would need two connections, and the pool could
    // serve only half as many requests.
    const state = await sessions.findState(sessionId);
    const access = state === null ? null : await users.findAccess(userId);
    if (state === null || access === null) return null;
    const { userId: ownerId, authTime, hasMfa } = state;
    const { roles, tokenVersion, isActive } = access;
    return { userId: ownerId, isLive: state.isLive && isActive, tokenVersion, roles, authTime, hasMfa };
  };
