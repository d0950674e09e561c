/**
 * Tables and triggers that this test adds to the database of the service. `rig_effects` records the effects of the
 * probe's consumers. `rig_moves` records which process changed the status or lease of an event or job.
 */
export const traceSchema = `
  CREATE TABLE rig_effects (
    position bigint GENERATED ALWAYS AS IDENTITY,
    consumer text NOT NULL, event_id uuid NOT NULL, aggregate_id text NOT NULL, sequence integer NOT NULL);
  CREATE TABLE rig_moves (
    position bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    what text NOT NULL, id uuid NOT NULL, process text, from_status text NOT NULL, to_status text NOT NULL,
    from_token uuid, to_token uuid);
  CREATE INDEX ON rig_effects (event_id);
  CREATE INDEX ON rig_moves (id);
  CREATE FUNCTION rig_note_move() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO rig_moves (what, id, process, from_status, to_status, from_token, to_token)
    VALUES (TG_TABLE_NAME, (to_jsonb(OLD) ->> TG_ARGV[0])::uuid, current_setting('rig.process', true), OLD.status,
      NEW.status, OLD.lease_token, NEW.lease_token);
    RETURN NULL;
  END $$;
  CREATE TRIGGER rig_note_move AFTER UPDATE ON outbox FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.lease_token IS DISTINCT FROM NEW.lease_token)
    EXECUTE FUNCTION rig_note_move('event_id');
  CREATE TRIGGER rig_note_move AFTER UPDATE ON jobs FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.lease_token IS DISTINCT FROM NEW.lease_token)
    EXECUTE FUNCTION rig_note_move('id');
`;
