-- The ledger: debits positive, credits negative; each entry sums to zero when its transaction ends.
CREATE TABLE ledger_entries (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  account_id   uuid NOT NULL,           -- the deal's
  document     text NOT NULL,           -- receipts/{r}, subscriptions/{s}, contracts/{c}
  kind         text NOT NULL,
  book_date    date NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, document, kind)
);
SELECT protect_table('ledger_entries');
REVOKE UPDATE, DELETE ON ledger_entries FROM @app@, @job@;

CREATE TABLE ledger_lines (
  tenant_id      bigint NOT NULL,
  entry_id       uuid NOT NULL,
  line           int NOT NULL,
  ledger_account int NOT NULL,
  amount_minor   bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (tenant_id, entry_id, line),
  FOREIGN KEY (tenant_id, entry_id) REFERENCES ledger_entries (tenant_id, id)
);
SELECT protect_table('ledger_lines');
REVOKE UPDATE, DELETE ON ledger_lines FROM @app@, @job@;

CREATE FUNCTION check_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_minor) FROM ledger_lines
       WHERE tenant_id = NEW.tenant_id AND entry_id = NEW.entry_id) <> 0 THEN
    RAISE EXCEPTION 'ledger entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_balances AFTER INSERT ON ledger_lines
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry_balances();

-- Partial sums per day and ledger account, spread over 16 rows so that no row is hot.
CREATE TABLE ledger_sums (
  tenant_id      bigint NOT NULL,
  project_id     uuid NOT NULL,
  ledger_account int NOT NULL,
  book_date      date NOT NULL,
  shard          smallint NOT NULL CHECK (shard BETWEEN 0 AND 15),
  amount_minor   bigint NOT NULL,
  PRIMARY KEY (tenant_id, project_id, ledger_account, book_date, shard)
);
SELECT protect_table('ledger_sums');
