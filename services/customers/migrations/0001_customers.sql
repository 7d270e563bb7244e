-- People. What is personal is sealed with a key of the customer's own; the name alone stands in clear, for lists are
-- ordered by it. Who destroys wrapped_key has forgotten the rest.
CREATE TABLE customers (
  tenant_id           bigint NOT NULL,
  id                  uuid NOT NULL,
  display_name        text NOT NULL,
  wrapped_key         bytea NOT NULL,             -- empty once erased
  sealed              bytea NOT NULL,             -- phones, ID number, address, mail, remark
  id_kind             text NOT NULL,
  gender              text NOT NULL,
  language            text NOT NULL,
  source              text NOT NULL,
  level               text NOT NULL,
  tags                text[] NOT NULL,
  projects            uuid[] NOT NULL,
  owner_id            uuid,
  owner_team          uuid,
  protection_end_time timestamptz NOT NULL,
  do_not_call         boolean NOT NULL,
  in_contract         boolean NOT NULL DEFAULT false,  -- named in a signed contract: kept for the legal retention
  erased              boolean NOT NULL DEFAULT false,
  last_contact_time   timestamptz NOT NULL,
  created_time        timestamptz NOT NULL,
  updated_time        timestamptz NOT NULL,
  version             bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX customers_newest ON customers (tenant_id, created_time, id);
CREATE INDEX customers_owned ON customers (tenant_id, owner_id, created_time, id);
SELECT protect_table('customers');

-- Who has a number: a keyed digest of it, unique in a firm. Two registrations at once meet here.
CREATE TABLE phones (
  tenant_id   bigint NOT NULL,
  digest      bytea NOT NULL,
  customer_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, digest),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE INDEX phones_customer ON phones (tenant_id, customer_id);
SELECT protect_table('phones');

-- What a search finds a customer by (DESIGN 3.8): parts of the name, pinyin, its initials, digests of number tails. Under
-- row-level security only = and the ~>=~ ~<~ ranges use an index.
CREATE TABLE tokens (
  tenant_id   bigint NOT NULL,
  token       text NOT NULL,
  customer_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, token),
  FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id)
);
CREATE INDEX tokens_search ON tokens (tenant_id, token text_pattern_ops, customer_id);
SELECT protect_table('tokens');

-- What identity announced about operators: whose team a customer belongs to.
CREATE TABLE operators (
  tenant_id bigint NOT NULL,
  id        uuid NOT NULL,
  team_id   uuid,
  active    boolean NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect_table('operators');
