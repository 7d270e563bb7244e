-- Notices and tasks. (source, key) makes sending idempotent.
CREATE TABLE notices (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  operator_id  uuid NOT NULL,
  source       text NOT NULL,
  key          text NOT NULL,
  kind         text NOT NULL,
  task         boolean NOT NULL,
  title_zh     text NOT NULL,
  title_en     text NOT NULL,
  body_zh      text NOT NULL,
  body_en      text NOT NULL,
  subject      text NOT NULL,
  created_time timestamptz NOT NULL,
  read_time    timestamptz,
  done_time    timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, operator_id, source, key),
  FOREIGN KEY (tenant_id, operator_id) REFERENCES operators (tenant_id, id)
);
CREATE INDEX notices_newest ON notices (tenant_id, operator_id, created_time, id);
CREATE INDEX notices_unread ON notices (tenant_id, operator_id) WHERE read_time IS NULL;
CREATE INDEX notices_open ON notices (tenant_id, operator_id) WHERE task AND done_time IS NULL;
SELECT protect_table('notices');
