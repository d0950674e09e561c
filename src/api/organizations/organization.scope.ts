import { route, type Caller } from '../../http/route.ts';
import type { MemberContext } from './membership-guard.service.ts';

/** Returns the caller's membership in an organization, or throws. */
type FindMemberContext = (caller: Caller, organizationId: string) => Promise<MemberContext>;

function organizationIdIn(params: unknown): string {
  if (typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string')
    return params.id;
  throw new Error('A member route requires params with the id of an organization.');
}

/** Returns a route builder for members of an organization. Handlers receive the caller's membership as `context`. */
export const createMemberRoute = (findMemberContext: FindMemberContext) =>
  route.with({
    access: 'authenticated',
    context: ({ caller, params }) => findMemberContext(caller, organizationIdIn(params)),
  });
