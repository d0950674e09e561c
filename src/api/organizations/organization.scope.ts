import { route, type Caller } from '../../http/route.ts';
import type { Standing } from './standing.service.ts';

/** Finds what a caller is in an organization, or throws that there is none. */
type FindStanding = (caller: Caller, organizationId: string) => Promise<Standing>;

function organizationIdIn(params: unknown): string {
  if (typeof params === 'object' && params !== null && 'id' in params && typeof params.id === 'string')
    return params.id;
  throw new Error('A route inside an organization needs params with its id.');
}

/** Makes rows of routes inside an organization: their handlers get the caller's standing in it as `context`. */
export const insideOrganization = (findStanding: FindStanding) =>
  route.with({
    access: 'authenticated',
    context: ({ caller, params }) => findStanding(caller, organizationIdIn(params)),
  });
