-- Call records, written when a call ended. The caller's number is personal: it lives in its own column, masked on every
-- way out and blanked with the customer's erasure.
CREATE TABLE calls (
  tenant_id     bigint NOT NULL,
  id            uuid NOT NULL,
  caller_number text NOT NULL DEFAULT '',
  called_number text NOT NULL,
  customer_id   uuid,
  queue_id      uuid,
  agent_id      uuid,
  operator_id   uuid,
  flow          text NOT NULL,
  trunk         text NOT NULL DEFAULT '',
  start_time    timestamptz NOT NULL,
  answer_time   timestamptz,
  end_time      timestamptz NOT NULL,
  wait_ms       bigint NOT NULL,
  talk_ms       bigint NOT NULL,
  hung_up_by    text NOT NULL,
  sip_code      int NOT NULL,
  q850_cause    int NOT NULL,
  steps         bytea NOT NULL DEFAULT '',   -- the way through the flow, a serialized PhoneCall with steps only
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX calls_newest ON calls (tenant_id, start_time DESC, id);
CREATE INDEX calls_of_customer ON calls (tenant_id, customer_id, start_time DESC) WHERE customer_id IS NOT NULL;
CREATE INDEX calls_of_operator ON calls (tenant_id, operator_id, start_time DESC) WHERE operator_id IS NOT NULL;
SELECT protect_table('calls');

CREATE TABLE call_legs (
  tenant_id        bigint NOT NULL,
  call_id          uuid NOT NULL,
  leg_id           text NOT NULL,
  agent_id         uuid,
  start_time       timestamptz NOT NULL,
  answer_time      timestamptz,
  end_time         timestamptz NOT NULL,
  sip_code         int NOT NULL,
  q850_cause       int NOT NULL,
  packets_received bigint NOT NULL,
  packets_lost     bigint NOT NULL,
  jitter_us        int NOT NULL,
  PRIMARY KEY (tenant_id, call_id, leg_id)
);
SELECT protect_table('call_legs');

-- A recording may arrive before its call's record, and outlives nothing: erasure drops its key.
CREATE TABLE recordings (
  tenant_id    bigint NOT NULL,
  call_id      uuid NOT NULL,
  blob_id      uuid NOT NULL,
  size_bytes   bigint NOT NULL,
  sha256       text NOT NULL,
  wrapped_key  text,
  duration_ms  bigint NOT NULL,
  channels     int NOT NULL,
  peaks        bytea NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, call_id)
);
SELECT protect_table('recordings');
