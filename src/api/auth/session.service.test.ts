import { expect, it } from '@jest/globals';
import { createFakeClock, createMemoryLogger } from '../../../tests/helpers/fakes.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import type { AccessTokens } from './access-token.ts';
import { createKeyRing } from './key-ring.ts';
import { createRefreshTokens } from './refresh-token.ts';
import { SessionCache, type SessionState } from './session-cache.ts';
import type { SessionRepository } from './session.repository.ts';
import { SessionService } from './session.service.ts';

const keys = createKeyRing('s'.repeat(40), undefined);
const refreshTokens = createRefreshTokens(keys);
const session = {
  id: '0190b8d2-1111-7222-8333-444455556666',
  userId: 'u',
  salt: 'salt',
  keyId: keys.current.id,
  generation: 5,
  authTime: new Date(0),
  hasMfa: false,
};

it('SessionService.refresh invalidates a stolen session after the commit, so that an earlier read is not cached', async () => {
  let isLive = true;
  const cache = new SessionCache(createFakeClock(), async (): Promise<SessionState> => ({
    ...session,
    isLive,
    tokenVersion: 1,
    roles: [],
  }));
  const logger = createMemoryLogger();
  const audit: Audit = { record: async () => undefined };
  const sessions: Partial<SessionRepository> = {
    findTokenFacts: async () => session,
    rotate: async () => null,
    lockClassified: async () => ({ ...session, isLive: true, isJustRotated: false }),
    revoke: async () => true,
  };
  const users: Partial<Users> = {
    findAccess: async () => ({ roles: [], isActive: true, tokenVersion: 1 }),
  };
  const service = new SessionService({
    sessions: sessions as SessionRepository,
    afterCommit: (work) => {
      work();
    },
    transaction: async (work) => {
      const result = await work();
      // Simulates a concurrent read before the commit of the change.
      await cache.read(session.id, 'u', { isFresh: false });
      isLive = false;
      return result;
    },
    cache,
    users: users as Users,
    accessTokens: {} as AccessTokens,
    refreshTokens,
    keys,
    audit,
    ids: { next: () => '' },
    logger,
    reuseIntervalSeconds: 10,
  });

  const stolen = service.refresh(refreshTokens.issue(session, 3));

  await expect(stolen).rejects.toMatchObject({ code: 'AUTH_INVALID_REFRESH_TOKEN' });
  expect(await cache.read(session.id, 'u', { isFresh: false })).toMatchObject({ isLive: false });
  expect(logger.lines).toHaveLength(1);
});
