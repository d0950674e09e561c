import { customersFor, type Lane } from './seed-sql.ts';

// Fills the tables of all lists outside the shop. The database generates the rows. The longest tables get `rows` rows.

/** Ids of the rows that contain the rows of another list. The first user owns these three rows. */
export const owned = {
  // #region organizations
  organization: '01977000-0000-7000-8000-000000000001',
  // #endregion
  endpoint: '01977000-0000-7000-8000-000000000002',
  // #region product-imports
  import: '01977000-0000-7000-8000-000000000003',
  // #endregion
};

const first = (rows: number): string => `bench_id('user', 1, ${rows})`;

const auditEvents = (rows: number, customers: number): string => `
  INSERT INTO audit_events (id, occurred_at, type, actor_id, subject_id, ip, user_agent, request_id, details)
  SELECT bench_id('audit', n, ${rows}), bench_at(n, ${rows}),
    (ARRAY['auth.signed_in', 'auth.sign_in_failed', 'auth.password_changed'])[bench_pick(n, 12, 3)], who, who,
    '192.0.2.' || bench_pick(n, 13, 250), 'bench', 'bench-' || n, '{}'
  FROM generate_series(1, ${rows}) AS n
  CROSS JOIN LATERAL bench_id('user', bench_pick(n, 14, ${customers}), ${rows}) AS who`;

const jobs = (rows: number): string => `
  INSERT INTO jobs (id, name, payload, headers, status, attempts, created_at, finished_at)
  SELECT bench_id('job', n, ${rows}), CASE bench_pick(n, 15, 500) WHEN 1 THEN 'prices.report' ELSE 'mails.send' END, '{}', '{}',
    CASE bench_pick(n, 16, 500) WHEN 1 THEN 'dead' ELSE 'done' END, 1, bench_at(n, ${rows}), bench_at(n, ${rows})
  FROM generate_series(1, ${rows}) AS n`;

const deadEvents = (rows: number): string => `
  INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers, status, attempts,
    last_error, created_at)
  SELECT bench_id('event', n, ${rows}), 'order', 'bench-' || n, 1, 'orders.placed', 1, '{}', '{}', 'dead', 12, 'Error: no',
    bench_at(n, ${rows})
  FROM generate_series(1, ${rows / 100}) AS n`;

const deliveries = (rows: number): string => `
  INSERT INTO webhook_deliveries (id, endpoint_id, event_id, type, body, status, attempts, created_at)
  SELECT bench_id('delivery', n, ${rows}), '${owned.endpoint}', bench_id('event', n, ${rows}), 'order.paid', 'bench',
    CASE bench_pick(n, 17, 100) WHEN 1 THEN 'dead' ELSE 'delivered' END, 1, bench_at(n, ${rows})
  FROM generate_series(1, ${rows / 10}) AS n`;

const endpoint = (rows: number): string => `
  INSERT INTO webhook_endpoints (id, user_id, url, description, events, is_enabled, secret)
  VALUES ('${owned.endpoint}', ${first(rows)}, 'https://bench.invalid/hooks', '', '{order.paid}', true, 'bench')`;

// #region organizations
const organization = `INSERT INTO organizations (id, name) VALUES ('${owned.organization}', 'Bench')`;

const members = (rows: number, customers: number): string => `
  INSERT INTO memberships (id, organization_id, user_id, role, created_at)
  SELECT bench_id('member', n, ${rows}), '${owned.organization}', bench_id('user', n, ${rows}),
    CASE n WHEN 1 THEN 'owner' ELSE 'member' END, bench_at(n, ${rows})
  FROM generate_series(1, ${customers}) AS n`;

const invitations = (rows: number, customers: number): string => `
  INSERT INTO invitations (id, organization_id, email, role, token_hash, invited_by, expires_at, created_at)
  SELECT bench_id('invitation', n, ${rows}), '${owned.organization}', 'invited' || n || '@bench.invalid', 'member', 'bench' || n,
    ${first(rows)}, timestamptz '9999-01-01', bench_at(n, ${rows})
  FROM generate_series(1, ${customers}) AS n`;
// #endregion

// #region product-imports
const productImport = (rows: number): string => `
  INSERT INTO product_imports (id, job_id, created_by, lines, failed)
  VALUES ('${owned.import}', bench_id('job', 1, ${rows}), ${first(rows)}, ${rows}, ${rows / 10})`;

const importErrors = (rows: number): string => `
  INSERT INTO product_import_errors (id, import_id, line, field, message)
  SELECT bench_id('error', n, ${rows}), '${owned.import}', n + 1, 'sku', 'must be letters, digits and -'
  FROM generate_series(1, ${rows / 10}) AS n`;
// #endregion

/** Returns the statements that fill these tables, for a shop of `rows` rows. */
export const listsLane = (rows: number, customers = customersFor(rows)): Lane => ({
  tables: [
    ...['audit_events', 'jobs', 'outbox', 'webhook_endpoints', 'webhook_deliveries'],
    // #region organizations
    ...['organizations', 'memberships', 'invitations'],
    // #endregion
    // #region product-imports
    ...['product_imports', 'product_import_errors'],
    // #endregion
  ],
  statements: [
    ...[auditEvents(rows, customers), jobs(rows), deadEvents(rows), endpoint(rows), deliveries(rows)],
    // #region organizations
    ...[organization, members(rows, customers), invitations(rows, customers)],
    // #endregion
    // #region product-imports
    ...[productImport(rows), importErrors(rows)],
    // #endregion
  ],
});
