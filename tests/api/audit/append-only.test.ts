import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { insertBackdated, record, listStoredEvents } from './recorder.ts';

const day = 86_400;

describe('the table audit_events', () => {
  const role = `strata_app_${randomBytes(6).toString('hex')}`;
  let test: TestApp;
  let owner: pg.Client;
  let app: pg.Client;

  beforeAll(async () => {
    test = await buildTestApp();
    owner = new pg.Client({ connectionString: test.databaseUrl });
    app = new pg.Client({ connectionString: test.databaseUrl });
    await Promise.all([owner.connect(), app.connect()]);
    // Create a role with the same rights as in docker/postgres/roles.sh: it does not own the tables, and can only read
    // and write rows.
    await owner.query(`CREATE ROLE ${role}`);
    await owner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON audit_events TO ${role}`);
    await app.query(`SET ROLE ${role}`);
  });
  beforeEach(async () => {
    await record(test, { type: 'test.kept', subjectId: randomUUID(), details: { count: 1 } });
    await owner.query(
      `INSERT INTO audit_events (id, type, ip, user_agent, request_id, details)
       VALUES (gen_random_uuid(), 'test.kept', '192.0.2.1', 'Test Agent', 'request-1', '{"count": 2}')`,
    );
  });
  afterAll(async () => {
    await app.end();
    await owner.query(`DROP OWNED BY ${role}`);
    await owner.query(`DROP ROLE ${role}`);
    await owner.end();
    await test.close();
  });

  const clientOf = (name: string) => (name === 'owner' ? owner : app);
  const refusal = (operation: string) => `audit_events is append-only: ${operation} is refused`;

  describe.each(['owner', 'service'])('as the %s', (name) => {
    it.each([
      `type = 'test.other'`,
      'id = gen_random_uuid()',
      `occurred_at = now() - interval '1 day'`,
      'actor_id = gen_random_uuid()',
      'subject_id = NULL',
      'request_id = NULL',
      `details = '{}'`,
      `ip = '192.0.2.2'`,
      `user_agent = 'Another Agent'`,
      `ip = NULL, user_agent = NULL, details = '{}'`,
      `ip = NULL, user_agent = 'Another Agent'`,
      'ip = NULL',
    ])('rejects UPDATE … SET %s', async (change) => {
      const before = await listStoredEvents(test, 'test.kept');
      const update = clientOf(name).query(`UPDATE audit_events SET ${change} WHERE type = 'test.kept'`);
      await expect(update).rejects.toThrow(refusal('UPDATE'));
      expect(await listStoredEvents(test, 'test.kept')).toEqual(before);
    });

    it('allows clearing IP address and user agent', async () => {
      const before = await listStoredEvents(test, 'test.kept');
      await clientOf(name).query(`UPDATE audit_events SET ip = NULL, user_agent = NULL`);
      expect(await listStoredEvents(test, 'test.kept')).toEqual(
        before.map((event) => ({ ...event, ip: null, user_agent: null })),
      );
    });

    it('rejects DELETE before the 90th day', async () => {
      const before = await listStoredEvents(test, 'test.kept');
      const removal = clientOf(name).query(`DELETE FROM audit_events WHERE type = 'test.kept'`);
      await expect(removal).rejects.toThrow(refusal('DELETE'));
      await insertBackdated(test, 90 * day - 60, { type: 'test.young' });
      await expect(
        clientOf(name).query(`DELETE FROM audit_events WHERE type = 'test.young'`),
      ).rejects.toThrow(refusal('DELETE'));
      expect(await listStoredEvents(test, 'test.kept')).toEqual(before);
    });

    it('allows DELETE after 90 days', async () => {
      await insertBackdated(test, 90 * day + 60, { type: 'test.old' });
      await clientOf(name).query(`DELETE FROM audit_events WHERE type = 'test.old'`);
      expect(await listStoredEvents(test, 'test.old')).toEqual([]);
    });
  });

  it('rejects TRUNCATE by the owner and by the service', async () => {
    await expect(owner.query('TRUNCATE audit_events')).rejects.toThrow(refusal('TRUNCATE'));
    await expect(app.query('TRUNCATE audit_events')).rejects.toThrow('permission denied');
    expect(await listStoredEvents(test, 'test.kept')).not.toEqual([]);
  });

  it('prevents the service from removing the trigger', async () => {
    for (const sql of [
      'ALTER TABLE audit_events DISABLE TRIGGER ALL',
      'DROP TRIGGER audit_events_rows ON audit_events',
      'DROP FUNCTION audit_events_refuse_rewriting() CASCADE',
      `SET session_replication_role = 'replica'`,
    ]) {
      await expect(app.query(sql)).rejects.toThrow(/must be owner|permission denied/);
    }
  });

  it('can be written and read by the service', async () => {
    await app.query(
      `INSERT INTO audit_events (id, type, details) VALUES (gen_random_uuid(), 'test.service', '{}')`,
    );
    const { rows } = await app.query(`SELECT 1 FROM audit_events WHERE type = 'test.service'`);
    expect(rows).toHaveLength(1);
  });
});
