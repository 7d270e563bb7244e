-- Payment plans and tax rates: rows with dates, never constants.
CREATE TABLE payment_plans (
  tenant_id       bigint NOT NULL,
  id              uuid NOT NULL,
  display_name    text NOT NULL CHECK (display_name <> ''),
  kind            smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  loan_step_minor bigint NOT NULL CHECK (loan_step_minor > 0),
  retired         boolean NOT NULL DEFAULT false,
  version         bigint NOT NULL DEFAULT 1,
  created_time    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('payment_plans');

CREATE TABLE payment_plan_lines (
  tenant_id  bigint NOT NULL,
  plan_id    uuid NOT NULL,
  sequence   int NOT NULL,
  kind       smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),
  ppm        bigint NOT NULL CHECK (ppm BETWEEN 0 AND 999999),
  due_days   int NOT NULL,
  due_months int NOT NULL,
  PRIMARY KEY (tenant_id, plan_id, sequence),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES payment_plans (tenant_id, id)
);
SELECT protect_table('payment_plan_lines');

CREATE TABLE tax_rates (
  tenant_id  bigint NOT NULL,
  id         uuid NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('STAMP')),
  rate_ppm   bigint NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
  valid_from date NOT NULL,
  payer      text NOT NULL CHECK (payer IN ('SELLER', 'BUYER')),
  note       text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, kind, payer, valid_from)
);
SELECT protect_table('tax_rates');
REVOKE UPDATE, DELETE ON tax_rates FROM @app@, @job@;
