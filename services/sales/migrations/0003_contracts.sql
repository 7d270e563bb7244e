-- Contract numbers (INV-02): issued once, from the lowest up; what was void stays void, so every gap has its reason.
CREATE TABLE number_ranges (
  tenant_id   bigint NOT NULL,
  id          uuid NOT NULL,
  project_id  uuid NOT NULL,
  prefix      text NOT NULL,
  first       bigint NOT NULL,
  last        bigint NOT NULL CHECK (last >= first),
  digits      int NOT NULL,
  next        bigint NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX number_ranges_project ON number_ranges (tenant_id, project_id, created_time);
SELECT protect_table('number_ranges');

CREATE TABLE numbers (
  tenant_id   bigint NOT NULL,
  id          uuid NOT NULL,
  range_id    uuid NOT NULL,
  project_id  uuid NOT NULL,
  sequence    bigint NOT NULL,
  number      text NOT NULL,
  state       text NOT NULL CHECK (state IN ('USED', 'VOID')),
  contract_id uuid NOT NULL,
  changed_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, range_id, sequence),
  UNIQUE (tenant_id, project_id, number)
);
SELECT protect_table('numbers');

CREATE TABLE contracts (
  tenant_id       bigint NOT NULL,
  id              uuid NOT NULL,
  project_id      uuid NOT NULL,
  room_id         uuid NOT NULL,
  deal_id         uuid NOT NULL,
  subscription_id uuid NOT NULL,
  consultant_id   uuid,
  operator_name   text NOT NULL,
  team            text NOT NULL DEFAULT '',
  customer_ids    uuid[] NOT NULL,
  number          text NOT NULL,
  state           text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'FAILED')),
  failure_reason  text NOT NULL DEFAULT '',
  price_minor     bigint NOT NULL,
  sign_date       date NOT NULL,
  room_label      text NOT NULL,
  snapshot        jsonb NOT NULL,
  created_time    timestamptz NOT NULL,
  updated_time    timestamptz NOT NULL,
  version         bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX contracts_subscription ON contracts (tenant_id, subscription_id) WHERE state <> 'FAILED';
SELECT protect_table('contracts');

-- What the reconciliation of sales, inventory and finance found, run by run; kept, so that a difference can be dated.
CREATE TABLE reconciliations (
  tenant_id   bigint NOT NULL,
  id          uuid NOT NULL,
  project_id  uuid NOT NULL,
  run_time    timestamptz NOT NULL,
  deals       int NOT NULL,
  differences jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect_table('reconciliations');
