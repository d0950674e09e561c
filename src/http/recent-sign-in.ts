import { coreErrors } from '../core/errors.ts';
import type { Caller } from './route.ts';

const recentMs = 10 * 60_000;

/**
 * Throws AUTH_RECENT_SIGN_IN_REQUIRED unless the caller signed in within the last ten minutes. Use this for changes
 * that need a recent sign-in only in some cases. If a route always needs one, set `requireRecentSignIn` instead.
 */
export function assertRecentSignIn({ authenticatedAt }: Pick<Caller, 'authenticatedAt'>, now: Date): void {
  if (now.getTime() - authenticatedAt.getTime() > recentMs) throw coreErrors.recentSignInRequired();
}
