import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { proofMethods, proveEmail, resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo } from '../../helpers/mails.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  runWaitingAttempts,
  type Receiver,
} from '../../helpers/webhooks.ts';

describe('webhook endpoints of an account whose email is verified', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await buildReceiver();
    test = await buildWebhookApp();
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it.each(proofMethods)(
    'are deleted with pending deliveries by the first verification, a %s',
    async (proof) => {
      receiver.received.length = 0;
      const user = await test.buildUser();
      await buildEndpoint(test, user, { url: receiver.url });
      await deliverBellRang(test, user.id);

      const owner = await proveEmail(test, user, proof);

      await deliverBellRang(test, user.id);
      await runWaitingAttempts(test);
      expect(receiver.received).toEqual([]);
      expect((await test.as(owner).get('/webhook-endpoints').expect(200)).body.data).toEqual([]);
      const events = (await auditEventsOf(test, 'webhook_endpoints', user.id)).map(({ type }) => type);
      expect(events).toEqual(['webhook_endpoints.created', 'webhook_endpoints.removed']);
      expect((await mailTo(test, user.email)).text).toContain('Webhook endpoints removed: 1.');
    },
  );

  it('are deleted in batches if many deliveries wait, so that no statement takes long', async () => {
    const user = await test.buildUser();
    const { id } = await buildEndpoint(test, user);
    await deliverBellRang(test, user.id);
    await test.db.query(
      `INSERT INTO webhook_deliveries
         SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).*
         FROM webhook_deliveries d, generate_series(1, 1200) WHERE d.endpoint_id = $1`,
      [id],
    );
    await test.db.query(
      `CREATE FUNCTION refuse_many() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT count(*) FROM removed) > 500 THEN RAISE 'Too many rows in one statement.'; END IF;
         RETURN NULL;
       END $$`,
    );
    await test.db.query(
      `CREATE TRIGGER refuse_many AFTER DELETE ON webhook_deliveries REFERENCING OLD TABLE AS removed
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_many()`,
    );
    const owner = await proveEmail(test, user, 'verification');
    await test.db.query('DROP TRIGGER refuse_many ON webhook_deliveries');
    expect((await test.as(owner).get('/webhook-endpoints').expect(200)).body.data).toEqual([]);
    expect(await test.db.query('SELECT 1 FROM webhook_deliveries WHERE endpoint_id = $1', [id])).toEqual([]);
  });

  it('stay after a password reset of a verified owner, whose mail reports their number', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    await buildEndpoint(test, user, { url: receiver.url });
    await resetPassword(test, user);
    const mail = await mailTo(test, user.email);
    expect(mail.text).toContain('Webhook endpoints that still receive your events: 1.');
    receiver.received.length = 0;
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    expect(receiver.received).toHaveLength(1);
  });
});
