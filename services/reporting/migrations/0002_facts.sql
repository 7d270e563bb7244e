-- What happened, one row per aggregate, upserted by its version. A fact never waits for another service's row.

CREATE TABLE fact_room_state (
  tenant_id  bigint NOT NULL,
  room_id    uuid NOT NULL,
  project_id uuid NOT NULL,
  state      text NOT NULL,
  hold_kind  text NOT NULL DEFAULT '',
  held_until timestamptz,
  since      timestamptz NOT NULL,
  team       text NOT NULL DEFAULT '',
  actor      text NOT NULL DEFAULT '',            -- operators/{o}
  document   text NOT NULL DEFAULT '',
  version    bigint NOT NULL,
  PRIMARY KEY (tenant_id, room_id)
);
CREATE INDEX fact_room_state_project ON fact_room_state (tenant_id, project_id, state);

CREATE TABLE fact_hold (
  tenant_id     bigint NOT NULL,
  hold_id       uuid NOT NULL,
  deal_id       uuid NOT NULL,
  project_id    uuid NOT NULL,
  room_id       uuid NOT NULL,
  customer_id   uuid,                             -- none for holds of the manager or the company
  consultant_id uuid,
  team          text NOT NULL DEFAULT '',
  kind          text NOT NULL DEFAULT '',
  placed_time   timestamptz,                      -- null while only a later change is known
  expire_time   timestamptz,
  state         text NOT NULL,
  ended_time    timestamptz,
  version       bigint NOT NULL,
  PRIMARY KEY (tenant_id, hold_id)
);
CREATE INDEX fact_hold_placed ON fact_hold (tenant_id, project_id, placed_time);

-- One row per deal: its subscription, then its contract.
CREATE TABLE fact_deal (
  tenant_id         bigint NOT NULL,
  deal_id           uuid NOT NULL,
  project_id        uuid NOT NULL,
  room_id           uuid NOT NULL,
  customer_ids      uuid[] NOT NULL,
  consultant_id     uuid,
  team              text NOT NULL DEFAULT '',
  subscription_id   uuid,
  subscribed_time   timestamptz,
  list_price        bigint,
  price             bigint NOT NULL,              -- the contract's when there is one
  price_version     int,
  built_area        bigint,
  payment_plan_kind text NOT NULL DEFAULT '',
  sign_by_time      timestamptz,
  contract_id       uuid,
  contract_number   text NOT NULL DEFAULT '',
  stamp_tax         bigint,
  sign_date         date,
  signed_time       timestamptz,
  PRIMARY KEY (tenant_id, deal_id)
);
CREATE INDEX fact_deal_subscribed ON fact_deal (tenant_id, project_id, subscribed_time);
CREATE INDEX fact_deal_signed ON fact_deal (tenant_id, project_id, sign_date);

CREATE TABLE fact_due (
  tenant_id       bigint NOT NULL,
  receivable_id   uuid NOT NULL,
  deal_id         uuid,
  subscription_id uuid,
  project_id      uuid NOT NULL,
  room_id         uuid,
  customer_id     uuid,
  sequence        int NOT NULL,
  kind            text NOT NULL,
  due_date        date,
  amount          bigint NOT NULL,
  paid            bigint NOT NULL,
  state           text NOT NULL,
  version         bigint NOT NULL,
  PRIMARY KEY (tenant_id, receivable_id)
);
CREATE INDEX fact_due_date ON fact_due (tenant_id, project_id, due_date);

CREATE TABLE fact_receipt (
  tenant_id       bigint NOT NULL,
  receipt_id      uuid NOT NULL,
  number          text NOT NULL,
  deal_id         uuid,
  subscription_id uuid,
  contract_id     uuid,
  project_id      uuid NOT NULL,
  room_id         uuid,
  customer_id     uuid,
  method          text NOT NULL,
  amount          bigint NOT NULL,                -- negative for a reversal
  book_date       date NOT NULL,
  reversal_of     uuid,
  cashier         text NOT NULL,
  time            timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, receipt_id)
);
CREATE INDEX fact_receipt_book ON fact_receipt (tenant_id, project_id, book_date);

-- What a receipt settled.
CREATE TABLE fact_allocation (
  tenant_id     bigint NOT NULL,
  receipt_id    uuid NOT NULL,
  receivable_id uuid NOT NULL,
  amount        bigint NOT NULL,
  PRIMARY KEY (tenant_id, receipt_id, receivable_id)
);

CREATE TABLE fact_visit (
  tenant_id   bigint NOT NULL,
  visit_id    uuid NOT NULL,
  customer_id uuid NOT NULL,
  project_id  uuid,
  kind        text NOT NULL,
  first       boolean NOT NULL,
  operator    text NOT NULL,
  time        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, visit_id)
);
CREATE INDEX fact_visit_time ON fact_visit (tenant_id, project_id, time);

SELECT protect_table(t) FROM unnest(ARRAY['fact_room_state', 'fact_hold', 'fact_deal', 'fact_due', 'fact_receipt',
                                          'fact_allocation', 'fact_visit']) t;
GRANT SELECT ON fact_room_state, fact_hold, fact_deal, fact_due, fact_receipt, fact_allocation, fact_visit TO @reader@;
