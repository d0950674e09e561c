import { paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { AuditService } from './audit.service.ts';
import type { ListAuditEventsQuery } from './audit.validation.ts';
import { toAuditEventView } from './audit.view.ts';

export class AuditController {
  constructor(private readonly audit: AuditService) {}

  list = async ({ query }: Input<{ query: ListAuditEventsQuery }>) =>
    paged(await this.audit.list(query), toAuditEventView);
}
