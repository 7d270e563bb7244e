-- Who sells, and by which rules.
CREATE TABLE consultants (
  tenant_id         bigint NOT NULL,
  id                uuid NOT NULL,
  code              text NOT NULL CHECK (code <> ''),
  display_name      text NOT NULL CHECK (display_name <> ''),
  operator_name     text NOT NULL DEFAULT '',   -- operators/{o} who signs in as this consultant
  team              text NOT NULL DEFAULT '',   -- teams/{t}
  team_display_name text NOT NULL DEFAULT '',
  join_date         date,
  leave_date        date,                       -- from this day no new deal names the consultant
  version           bigint NOT NULL DEFAULT 1,
  created_time      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);
CREATE UNIQUE INDEX consultants_operator ON consultants (tenant_id, operator_name) WHERE operator_name <> '';
SELECT protect_table('consultants');
REVOKE DELETE ON consultants FROM @app@, @job@;

-- A project's policies over time; the newest valid_from that is not in the future is in force.
CREATE TABLE policies (
  tenant_id                 bigint NOT NULL,
  project_id                uuid NOT NULL,
  version                   bigint NOT NULL,
  valid_from                timestamptz NOT NULL,
  hold_period_s             bigint NOT NULL,
  longest_hold_s            bigint NOT NULL,
  most_extensions           int NOT NULL,
  hold_fee_minor            bigint NOT NULL CHECK (hold_fee_minor >= 0),
  subscription_period_s     bigint NOT NULL,
  deposit_minor             bigint NOT NULL CHECK (deposit_minor >= 0),
  deposit_kind              smallint NOT NULL CHECK (deposit_kind IN (1, 2)),
  reminder_lead_s           bigint NOT NULL,
  alerts_off                boolean NOT NULL,
  hold_expiry_releases      boolean NOT NULL,
  consultant_limit_ppm      bigint NOT NULL,
  manager_limit_ppm         bigint NOT NULL,
  actor                     text NOT NULL,
  PRIMARY KEY (tenant_id, project_id, version)
);
SELECT protect_table('policies');
REVOKE UPDATE, DELETE ON policies FROM @app@, @job@;

CREATE TABLE contract_number_ranges (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  prefix       text NOT NULL,
  first        bigint NOT NULL,
  last         bigint NOT NULL CHECK (last >= first),
  digits       int NOT NULL,
  next         bigint NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (next BETWEEN first AND last + 1)
);
CREATE INDEX contract_number_ranges_project ON contract_number_ranges (tenant_id, project_id, created_time);
SELECT protect_table('contract_number_ranges');

-- Every number that was drawn: used, or void for ever.
CREATE TABLE contract_numbers (
  tenant_id   bigint NOT NULL,
  range_id    uuid NOT NULL,
  number      bigint NOT NULL,
  text        text NOT NULL,
  state       text NOT NULL CHECK (state IN ('USED', 'VOID')),
  contract_id uuid NOT NULL,
  time        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, range_id, number),
  UNIQUE (tenant_id, text)
);
SELECT protect_table('contract_numbers');
REVOKE DELETE ON contract_numbers FROM @app@, @job@;
