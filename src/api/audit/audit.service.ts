import type { Page } from '../../core/pagination.ts';
import type { Ids } from '../../core/ports.ts';
import { normalizeAddress } from '../../utils/ip-address.ts';
import { toAuditEvent } from './audit-entry.ts';
import type { AuditEvent } from './audit-event.model.ts';
import type { AuditEventRepository } from './audit-event.repository.ts';
import type { Audit, AuditEntry } from './audit.api.ts';
import type { ListAuditEventsQuery } from './audit.validation.ts';
import { failedSignIn, type SuspicionService } from './suspicion.service.ts';

interface AuditServiceDeps {
  readonly events: AuditEventRepository;
  readonly suspicion: SuspicionService;
  readonly ids: Ids;
  /** Calls back after the open transaction commits, or immediately if none is open. */
  readonly afterCommit: (work: () => void) => void;
  readonly retentionDays: number;
}

const exportMax = 1_000;

/** The newest events of a user. `hasMore` is true if there are older ones. */
export interface OwnEvents {
  readonly newest: readonly AuditEvent[];
  readonly hasMore: boolean;
}

/** Records and lists security events. */
export class AuditService implements Audit {
  constructor(private readonly deps: AuditServiceDeps) {}

  async record(entry: AuditEntry): Promise<void> {
    const { events, suspicion, ids, afterCommit } = this.deps;
    const event = toAuditEvent(ids.next(), entry);
    await events.insert(event);
    const { type, ip } = event;
    // Check after the commit, because a concurrent check does not see events that are not committed.
    if (type === failedSignIn && ip !== null) {
      afterCommit(() => {
        suspicion.signInFailed(ip);
      });
    }
  }

  async list(query: ListAuditEventsQuery): Promise<Page<AuditEvent>> {
    const { from, to, ip } = query;
    const canonical = ip === undefined ? query : { ...query, ip: normalizeAddress(ip) ?? ip };
    return this.deps.events.list(canonical, {
      ...(from !== undefined && { from: new Date(from) }),
      ...(to !== undefined && { to: new Date(to) }),
    });
  }

  async newestOf(userId: string): Promise<OwnEvents> {
    const found = await this.deps.events.findNewestOf(userId, exportMax + 1);
    return { newest: found.slice(0, exportMax), hasMore: found.length > exportMax };
  }

  /** Deletes IP address and user agent from the user's events, but keeps the events. */
  eraseOriginsOf(userId: string): Promise<void> {
    return this.deps.events.eraseOriginsOf(userId);
  }

  eraseOriginsInBatches(userId: string): Promise<void> {
    return this.deps.events.eraseOriginsInBatches(userId);
  }

  purge(limit: number): Promise<number> {
    return this.deps.events.purge(limit, this.deps.retentionDays);
  }
}
