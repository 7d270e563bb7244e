-- The fee of a hold (保留金, CFG-01). The account's id is the hold's; its receipts become the subscription's when the
-- hold does.
CREATE TABLE hold_accounts (
  tenant_id       bigint NOT NULL,
  id              uuid NOT NULL,
  deal_id         uuid NOT NULL,
  project_id      uuid NOT NULL,
  room_id         uuid NOT NULL,
  customer_id     uuid,                 -- None for some holds of the manager or the company
  fee_minor       bigint NOT NULL CHECK (fee_minor > 0),
  held_minor      bigint NOT NULL DEFAULT 0 CHECK (held_minor BETWEEN 0 AND fee_minor),
  time_zone       text NOT NULL,
  subscription_id uuid,                 -- Who has the money now
  closed          boolean NOT NULL DEFAULT false,
  version         bigint NOT NULL DEFAULT 1,
  created_time    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CHECK (NOT closed OR held_minor = 0),
  CHECK (subscription_id IS NULL OR closed)
);
CREATE INDEX hold_accounts_open ON hold_accounts (tenant_id, project_id, id) WHERE NOT closed;
SELECT protect_table('hold_accounts');
REVOKE DELETE ON hold_accounts FROM @app@, @job@;

ALTER TABLE receipts
  ALTER COLUMN account_id DROP NOT NULL,
  ADD COLUMN hold_id uuid,
  ADD FOREIGN KEY (tenant_id, hold_id) REFERENCES hold_accounts (tenant_id, id),
  ADD CHECK (account_id IS NOT NULL OR hold_id IS NOT NULL);
CREATE INDEX receipts_hold ON receipts (tenant_id, hold_id) WHERE hold_id IS NOT NULL;
