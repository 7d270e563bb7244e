-- What every service's schema has: the outbox and its chain, remembered requests, jobs, processes, consumer positions.

-- Walls between tenants: row-level security and grants for a table that has tenant_id.
CREATE FUNCTION protect_table(table_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('CREATE POLICY tenant_wall ON %I USING (tenant_id = nullif(current_setting(''lintel.tenant'', true), '''')::bigint)', table_name);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO @app@, @job@', table_name);
END $$;

-- One row per change. Rows are inserted without a position; the relay seals them in id order (DESIGN 3.4).
CREATE TABLE outbox (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id         bigint NOT NULL,
  type              text NOT NULL DEFAULT '',     -- full name of the payload message; '' for an audit-only row
  schema_version    int NOT NULL DEFAULT 1,
  aggregate         text NOT NULL,
  aggregate_version bigint NOT NULL DEFAULT 0,
  occurred_time     timestamptz NOT NULL,
  request_id        text NOT NULL DEFAULT '',
  payload           bytea NOT NULL DEFAULT '',
  actor             text NOT NULL DEFAULT '',     -- operators/{o}, or services/{s} for jobs
  action            text NOT NULL DEFAULT '',     -- the RPC or job that did it
  audit             bytea,                        -- before and after as JSON; dropped with its salt when a person is erased
  audit_salt        bytea,
  audit_digest      bytea NOT NULL,               -- sha256(salt || audit): the chain covers this, so erasure keeps it valid
  epoch             bigint,
  position          bigint,
  hash              bytea,
  CHECK ((position IS NULL) = (hash IS NULL) AND (position IS NULL) = (epoch IS NULL))
);
CREATE UNIQUE INDEX outbox_position ON outbox (epoch, position) WHERE position IS NOT NULL;
CREATE INDEX outbox_unsealed ON outbox (id) WHERE position IS NULL;
CREATE INDEX outbox_aggregate ON outbox (tenant_id, aggregate, id);
SELECT protect_table('outbox');
REVOKE UPDATE, DELETE ON outbox FROM @app@;

-- The head of the chain; one row. `epoch` grows when a backup is restored.
CREATE TABLE outbox_head (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch    bigint NOT NULL,
  position bigint NOT NULL,
  hash     bytea NOT NULL
);
INSERT INTO outbox_head (epoch, position, hash) VALUES (1, 0, '\x');
GRANT SELECT, UPDATE ON outbox_head TO @job@;
GRANT SELECT ON outbox_head TO @app@;

-- Answers already given, so that a replayed request is answered and not done again (DESIGN 3.10).
CREATE TABLE requests (
  tenant_id    bigint NOT NULL,
  actor        text NOT NULL,
  method       text NOT NULL,
  request_id   text NOT NULL,
  body_hash    bytea NOT NULL,
  reply        bytea NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, actor, method, request_id)
);
CREATE INDEX requests_age ON requests (created_time);
SELECT protect_table('requests');

-- Work for later: reminders, expiry, imports (DESIGN 3.14). (kind, key) is unique, so scheduling twice is harmless.
CREATE TABLE jobs (
  id           uuid PRIMARY KEY,
  tenant_id    bigint NOT NULL,
  kind         text NOT NULL,
  key          text NOT NULL,
  run_at       timestamptz NOT NULL,
  payload      bytea NOT NULL DEFAULT '',
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  attempts     int NOT NULL DEFAULT 0,
  lease_until  timestamptz,
  lease_token  uuid,
  progress     int NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  response     text,                              -- JSON, when done
  error_code   int NOT NULL DEFAULT 0,
  error_reason text NOT NULL DEFAULT '',
  error_text   text NOT NULL DEFAULT '',
  actor        text NOT NULL DEFAULT '',
  created_time timestamptz NOT NULL,
  updated_time timestamptz NOT NULL,
  UNIQUE (tenant_id, kind, key)
);
CREATE INDEX jobs_due ON jobs (run_at) WHERE state IN ('waiting', 'running');
SELECT protect_table('jobs');

-- Work over several services: one idempotent RPC per step, each with a named undo (DESIGN 3.2).
CREATE TABLE processes (
  tenant_id     bigint NOT NULL,
  kind          text NOT NULL,
  document_id   uuid NOT NULL,
  request_key   text NOT NULL DEFAULT '',         -- actor, method and request id it was started by
  step          text NOT NULL,
  direction     text NOT NULL DEFAULT 'forward' CHECK (direction IN ('forward', 'undo', 'done', 'undone', 'stuck')),
  attempt       int NOT NULL DEFAULT 0,
  data          bytea NOT NULL DEFAULT '',
  error         bytea NOT NULL DEFAULT '',        -- why it is being undone
  lease_version bigint NOT NULL DEFAULT 0,
  lease_until   timestamptz NOT NULL,
  created_time  timestamptz NOT NULL,
  updated_time  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, kind, document_id)
);
CREATE INDEX processes_open ON processes (lease_until) WHERE direction IN ('forward', 'undo');
CREATE INDEX processes_request ON processes (tenant_id, request_key);
SELECT protect_table('processes');

-- How far this service has read each other service's events; moved in the transaction of the effect.
CREATE TABLE consumer_positions (
  source   text PRIMARY KEY,
  epoch    bigint NOT NULL,
  position bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON consumer_positions TO @job@;
GRANT SELECT ON consumer_positions TO @app@;
