-- A subscription that failed has closed its account; the next one of the same deal opens its own.
ALTER TABLE accounts DROP CONSTRAINT accounts_tenant_id_deal_id_key;
CREATE UNIQUE INDEX accounts_open_deal ON accounts (tenant_id, deal_id) WHERE NOT closed;
