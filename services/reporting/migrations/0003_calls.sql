-- Calls that reached the exchange, as telephony announces them when they are over.

CREATE TABLE fact_call (
  tenant_id   bigint NOT NULL,
  call_id     uuid NOT NULL,
  customer_id uuid,                               -- none when the caller is not known
  operator    text NOT NULL DEFAULT '',           -- operators/{o} of the agent who talked
  start_time  timestamptz NOT NULL,
  wait_ms     bigint NOT NULL,
  talk_ms     bigint NOT NULL,
  outcome     text NOT NULL,                      -- answered, abandoned, flow
  PRIMARY KEY (tenant_id, call_id)
);
CREATE INDEX fact_call_start ON fact_call (tenant_id, start_time);

SELECT protect_table('fact_call');
GRANT SELECT ON fact_call TO @reader@;
