import { noContent, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import { toSessionView } from '../auth/index.ts';
import type { AdministrationService } from './administration.service.ts';

type OfUser = Input<{ params: { id: string } }>;

export class AdministrationController {
  constructor(private readonly administration: AdministrationService) {}

  listSessions = async ({ params, caller }: OfUser) => {
    const sessions = await this.administration.sessionsOf(params.id);
    return ok(sessions.map((session) => toSessionView(session, caller.sessionId)));
  };

  endSessions = async ({ params }: OfUser) => {
    await this.administration.endSessions(params.id);
    return noContent();
  };

  unlock = async ({ params }: OfUser) => {
    await this.administration.unlock(params.id);
    return noContent();
  };
}
