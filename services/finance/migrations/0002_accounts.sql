-- A deal's account: what is due, what came in. The account's id is its subscription's.
CREATE TABLE accounts (
  tenant_id         bigint NOT NULL,
  id                uuid NOT NULL,
  deal_id           uuid NOT NULL,
  project_id        uuid NOT NULL,
  room_id           uuid NOT NULL,
  customer_ids      uuid[] NOT NULL CHECK (cardinality(customer_ids) BETWEEN 1 AND 10),
  plan_id           uuid NOT NULL,
  price_minor       bigint NOT NULL CHECK (price_minor > 0),
  deposit_minor     bigint NOT NULL CHECK (deposit_minor >= 0),
  deposit_kind      text NOT NULL,
  time_zone         text NOT NULL,
  contract_id       uuid,
  contract_number   text NOT NULL DEFAULT '',
  sign_date         date,
  stamp_tax_minor   bigint NOT NULL DEFAULT 0,
  stamp_rate_ppm    bigint NOT NULL DEFAULT 0,
  unallocated_minor bigint NOT NULL DEFAULT 0 CHECK (unallocated_minor >= 0),
  closed            boolean NOT NULL DEFAULT false,
  version           bigint NOT NULL DEFAULT 1,
  created_time      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, deal_id)
);
CREATE UNIQUE INDEX accounts_contract ON accounts (tenant_id, contract_id) WHERE contract_id IS NOT NULL;
CREATE INDEX accounts_project ON accounts (tenant_id, project_id, id);
SELECT protect_table('accounts');
REVOKE DELETE ON accounts FROM @app@, @job@;

CREATE TABLE receivables (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  account_id   uuid NOT NULL,
  sequence     int NOT NULL,
  kind         text NOT NULL,
  due_date     date NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  paid_minor   bigint NOT NULL DEFAULT 0 CHECK (paid_minor BETWEEN 0 AND amount_minor),
  cancelled    boolean NOT NULL DEFAULT false,
  manual       boolean NOT NULL DEFAULT false,   -- not part of the price
  note         text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, account_id, sequence),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id)
);
SELECT protect_table('receivables');
REVOKE DELETE ON receivables FROM @app@, @job@;

-- Receipts are numbered without gaps per tenant; a reversal is a receipt of its own with the sum turned.
CREATE TABLE receipt_numbers (
  tenant_id bigint PRIMARY KEY,
  last      bigint NOT NULL
);
SELECT protect_table('receipt_numbers');

CREATE TABLE receipts (
  tenant_id         bigint NOT NULL,
  id                uuid NOT NULL,
  number            bigint NOT NULL,
  account_id        uuid NOT NULL,
  amount_minor      bigint NOT NULL CHECK (amount_minor <> 0),
  unallocated_minor bigint NOT NULL,
  method            text NOT NULL CHECK (method IN ('CASH', 'CARD', 'TRANSFER', 'CHEQUE', 'LOAN')),
  book_date         date NOT NULL,
  payer_id          uuid NOT NULL,
  payer_note        text NOT NULL DEFAULT '',
  reference         text NOT NULL DEFAULT '',
  reversal_of       uuid,
  reason            text NOT NULL DEFAULT '',
  cashier           text NOT NULL,
  prints            int NOT NULL DEFAULT 0,
  created_time      timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id),
  CHECK ((amount_minor < 0) = (reversal_of IS NOT NULL))
);
CREATE UNIQUE INDEX receipts_reversal ON receipts (tenant_id, reversal_of) WHERE reversal_of IS NOT NULL;
CREATE INDEX receipts_day ON receipts (tenant_id, book_date, number);
SELECT protect_table('receipts');
REVOKE DELETE ON receipts FROM @app@, @job@;

CREATE TABLE receipt_allocations (
  tenant_id     bigint NOT NULL,
  receipt_id    uuid NOT NULL,
  receivable_id uuid NOT NULL,
  amount_minor  bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (tenant_id, receipt_id, receivable_id),
  FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipts (tenant_id, id),
  FOREIGN KEY (tenant_id, receivable_id) REFERENCES receivables (tenant_id, id)
);
SELECT protect_table('receipt_allocations');
REVOKE UPDATE, DELETE ON receipt_allocations FROM @app@, @job@;
