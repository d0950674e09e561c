/** A change of the code that breaks one invariant of the service. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** The number of the invariant that the test must report as violated. */
  readonly invariant: string;
  /** The run that must detect the mutant: seconds of load, kinds of faults, and seconds between faults. */
  readonly run: { readonly seconds: number; readonly faults: string; readonly every?: number };
}

/** Replaces a text that occurs exactly once in the file. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const calm = { seconds: 30, faults: 'none' };
const repositories = {
  idempotency: 'src/http/idempotency.repository.ts',
  inbox: 'src/events/inbox.repository.ts',
  orders: 'src/api/orders/order.repository.ts',
  outbox: 'src/events/outbox.repository.ts',
  products: 'src/api/products/product.repository.ts',
  sessions: 'src/api/auth/session.repository.ts',
};

export const mutants: readonly Mutant[] = [
  {
    name: 'a refresh ignores the token generation',
    edits: [
      {
        file: repositories.sessions,
        find: 'AND generation = $2 AND ${live} RETURNING',
        replace: 'AND $2::int > 0 AND ${live} RETURNING',
      },
    ],
    invariant: '10b',
    run: calm,
  },
  {
    name: 'sessions are cached for five seconds',
    edits: [
      {
        file: 'src/api/auth/session-cache.ts',
        find: 'const maxAgeMs = 1_000;',
        replace: 'const maxAgeMs = 5_000;',
      },
    ],
    invariant: '10',
    run: calm,
  },
  {
    name: 'attempts are counted after the password is verified',
    edits: [
      {
        file: 'src/api/auth/auth.service.ts',
        find: `      attempt = await attempts.charge(account, kind, passwordAttempts);
      return attempt === null ? null : (user?.passwordHash ?? null);
    });`,
        replace: `      return user?.passwordHash ?? null;
    });
    if (!isRight) attempt = await attempts.charge(account, kind, passwordAttempts);`,
      },
    ],
    invariant: '10c',
    run: calm,
  },
  {
    name: 'the idempotency record is stored after the commit',
    edits: [
      {
        file: repositories.idempotency,
        find: '      await this.#insert(request, response);',
        replace:
          '      this.db.afterCommit(() => void this.#insert(request, response).catch(() => undefined));',
      },
    ],
    invariant: '3',
    run: { seconds: 60, faults: 'database.terminate-backends', every: 4 },
  },
  {
    name: 'stock is read, changed and written without a lock',
    edits: [
      {
        file: repositories.products,
        find: 'AND deleted_at IS NULL ORDER BY id ${lock}),',
        replace: 'AND deleted_at IS NULL ORDER BY id),',
      },
      {
        file: repositories.products,
        find: 'SELECT line.* FROM line JOIN locked',
        replace: 'SELECT line.*, locked.stock FROM line JOIN locked',
      },
      {
        file: repositories.products,
        find: 'SET stock = products.stock - enough.quantity',
        replace: 'SET stock = enough.stock - enough.quantity',
      },
    ],
    invariant: '4',
    run: calm,
  },
  {
    name: 'an order is not locked while it is cancelled',
    edits: [
      {
        file: repositories.orders,
        find: `.findOne({ where: { id, ...scopeFilter(scope) }, lock: { mode: 'pessimistic_write' } });`,
        replace: '.findOne({ where: { id, ...scopeFilter(scope) } });',
      },
    ],
    invariant: '4',
    run: { seconds: 45, faults: 'none' },
  },
  {
    name: 'events are claimed before earlier events of their aggregate',
    edits: [
      {
        file: repositories.outbox,
        find: 'WHERE ${condition} AND ${isHead}',
        replace: 'WHERE ${condition}',
      },
    ],
    invariant: '8',
    run: calm,
  },
  {
    name: 'the inbox does not skip events that a consumer has handled',
    edits: [
      { file: repositories.inbox, find: 'if (rows.length > 0) await work();', replace: 'await work();' },
    ],
    invariant: '8',
    run: calm,
  },
  {
    name: 'an event is completed without its lease',
    edits: [
      {
        file: repositories.outbox,
        find: `WHERE id = $1 AND lease_token = $2 AND status = 'leased' RETURNING 1`,
        replace: 'WHERE id = $1 AND $2::uuid IS NOT NULL RETURNING 1',
      },
    ],
    invariant: '8b',
    run: { seconds: 90, faults: 'worker.stop', every: 8 },
  },
  {
    name: 'a failure is not logged',
    edits: [
      {
        file: 'src/middleware/error-handler.ts',
        find: '    if (isServerError(error) && !isLogged) {',
        replace: '    if (statusOf(error.kind) === 500 && !isLogged) {',
      },
    ],
    invariant: '13',
    run: { seconds: 30, faults: 'database.refuse,database.reset', every: 3 },
  },
  {
    name: 'expired leases are reclaimed only an hour later',
    edits: [
      {
        file: repositories.outbox,
        find: `o.status = 'leased' AND o.lease_until < now()`,
        replace: `o.status = 'leased' AND o.lease_until < now() - interval '1 hour'`,
      },
    ],
    invariant: '12',
    run: { seconds: 40, faults: 'worker.kill', every: 4 },
  },
  {
    name: 'the payment of a cancelled order is not refunded',
    edits: [
      {
        file: 'src/api/orders/order.saga.ts',
        find: `    if (reason !== 'asked') return;`,
        replace: '    if (reason.length > 0) return;',
      },
    ],
    invariant: '5',
    run: calm,
  },
  {
    name: 'the read model keeps the first status of an order',
    edits: [
      {
        file: 'src/api/orders/order-summary.repository.ts',
        find: 'DO UPDATE SET status = excluded.status, payment',
        replace: 'DO UPDATE SET payment',
      },
    ],
    invariant: '9',
    run: calm,
  },
  {
    name: 'deadlines and query timeouts are ten times as long',
    edits: [
      { file: 'src/middleware/deadline.ts', find: '      }, ms);', replace: '      }, ms * 10);' },
      {
        file: 'src/db/data-source.ts',
        find: 'const defaultQueryTimeoutMs = 2_000;',
        replace: 'const defaultQueryTimeoutMs = 20_000;',
      },
    ],
    invariant: '11',
    run: { seconds: 60, faults: 'database.black-hole', every: 4 },
  },
];
