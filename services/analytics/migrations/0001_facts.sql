-- What analyses are made of; all of it comes from events and can be dropped and read again. No names anywhere.

CREATE TABLE dim_project (
  tenant_id    bigint NOT NULL,
  project_id   uuid NOT NULL,
  display_name text NOT NULL,
  time_zone    text NOT NULL,
  PRIMARY KEY (tenant_id, project_id)
);

CREATE TABLE dim_customer (
  tenant_id   bigint NOT NULL,
  customer_id uuid NOT NULL,
  source      text NOT NULL DEFAULT '',           -- code of codeTables/customer-source, as corrected since
  erased      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, customer_id)
);

-- When a customer first had to do with a project.
CREATE TABLE fact_interest (
  tenant_id   bigint NOT NULL,
  project_id  uuid NOT NULL,
  customer_id uuid NOT NULL,
  first_time  timestamptz NOT NULL,
  visited     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, project_id, customer_id)
);
CREATE INDEX fact_interest_time ON fact_interest (tenant_id, project_id, first_time);

CREATE TABLE fact_deal (
  tenant_id       bigint NOT NULL,
  deal_id         uuid NOT NULL,
  project_id      uuid NOT NULL,
  customer_id     uuid NOT NULL,                  -- the first buyer
  subscribed_time timestamptz,
  price           bigint NOT NULL,                -- fen; the contract's when there is one
  contract_id     uuid,
  contract_number text NOT NULL DEFAULT '',
  sign_date       date,
  PRIMARY KEY (tenant_id, deal_id)
);
CREATE INDEX fact_deal_subscribed ON fact_deal (tenant_id, project_id, subscribed_time);
CREATE INDEX fact_deal_signed ON fact_deal (tenant_id, project_id, sign_date);
CREATE INDEX fact_deal_customer ON fact_deal (tenant_id, customer_id);

SELECT protect_table(t) FROM unnest(ARRAY['dim_project', 'dim_customer', 'fact_interest', 'fact_deal']) t;
GRANT SELECT ON dim_project, dim_customer, fact_interest, fact_deal TO @reader@;
