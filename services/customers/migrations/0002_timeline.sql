-- Contacts, consents, and the one story of each customer. Notes are sealed with the customer's key.
CREATE TABLE visits (
  tenant_id         bigint NOT NULL,
  id                uuid NOT NULL,
  customer_id       uuid NOT NULL,
  kind              text NOT NULL,
  project_id        uuid,
  sealed_note       bytea NOT NULL,
  visit_time        timestamptz NOT NULL,
  next_contact_time timestamptz,
  operator_name     text NOT NULL,
  created_time      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE INDEX visits_newest ON visits (tenant_id, customer_id, visit_time, id);
SELECT protect_table('visits');

CREATE TABLE consents (
  tenant_id     bigint NOT NULL,
  id            uuid NOT NULL,
  customer_id   uuid NOT NULL,
  purpose       text NOT NULL,
  text_version  text NOT NULL,
  channel       text NOT NULL,
  operator_name text NOT NULL,
  grant_time    timestamptz NOT NULL,
  withdraw_time timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE INDEX consents_customer ON consents (tenant_id, customer_id, grant_time);
SELECT protect_table('consents');

-- Entries of other services' events may come before the customer's own row is known here: no foreign key.
CREATE TABLE timeline (
  tenant_id     bigint NOT NULL,
  id            uuid NOT NULL,
  customer_id   uuid NOT NULL,
  occurred_time timestamptz NOT NULL,
  kind          text NOT NULL,
  resource      text NOT NULL,
  details       text NOT NULL,     -- JSON object of texts
  visit_id      uuid,              -- its note belongs to the entry
  operator_name text NOT NULL,
  source        text NOT NULL,     -- service it was told by; '' for this one
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX timeline_newest ON timeline (tenant_id, customer_id, occurred_time, id);
SELECT protect_table('timeline');
