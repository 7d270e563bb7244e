-- Who sells (INV-04), and by which rules (CFG-01 to 09).
CREATE TABLE consultants (
  tenant_id         bigint NOT NULL,
  id                uuid NOT NULL,
  code              text NOT NULL,
  display_name      text NOT NULL,
  operator_name     text NOT NULL DEFAULT '',   -- operators/{o} who signs in as this consultant
  team              text NOT NULL DEFAULT '',   -- teams/{t}
  team_display_name text NOT NULL DEFAULT '',
  join_date         date,
  leave_date        date,                       -- from this day no new deal may name the consultant
  version           bigint NOT NULL DEFAULT 1,
  created_time      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);
CREATE UNIQUE INDEX consultants_operator ON consultants (tenant_id, operator_name) WHERE operator_name <> '';
SELECT protect_table('consultants');

-- Rows are added, never changed: what was done under an older policy keeps it.
CREATE TABLE policies (
  tenant_id                     bigint NOT NULL,
  project_id                    uuid NOT NULL,
  version                       bigint NOT NULL,
  valid_from_time               timestamptz NOT NULL,
  hold_period_s                 bigint NOT NULL,
  longest_hold_s                bigint NOT NULL,
  most_extensions               int NOT NULL,
  hold_fee_minor                bigint NOT NULL,
  subscription_period_s         bigint NOT NULL,
  deposit_minor                 bigint NOT NULL,
  deposit_kind                  int NOT NULL,
  reminder_lead_s               bigint NOT NULL,
  alerts_off                    boolean NOT NULL,
  hold_expiry_releases          boolean NOT NULL,
  consultant_discount_limit_ppm bigint NOT NULL,
  manager_discount_limit_ppm    bigint NOT NULL,
  actor                         text NOT NULL,
  PRIMARY KEY (tenant_id, project_id, version)
);
SELECT protect_table('policies');
