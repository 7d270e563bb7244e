-- Agents, their states, and the accounts their phones register with.
CREATE TABLE agents (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  operator_id  uuid NOT NULL,
  display_name text NOT NULL CHECK (length(display_name) <= 60),
  queues       uuid[] NOT NULL DEFAULT '{}',
  version      bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, operator_id)
);
SELECT protect_table('agents');

-- One sign-on of an agent: an account for this browser's phone. Only HA1 of its secret is here.
CREATE TABLE agent_sessions (
  tenant_id   bigint NOT NULL,
  agent_id    uuid NOT NULL,
  account     text NOT NULL UNIQUE,
  domain      text NOT NULL,
  ha1         text NOT NULL,
  expire_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id)
);
SELECT protect_table('agent_sessions');

-- States with reasons; a ring is none, so that a busy hour writes no row per ring.
CREATE TABLE agent_periods (
  tenant_id  bigint NOT NULL,
  agent_id   uuid NOT NULL,
  start_time timestamptz NOT NULL,
  state      int NOT NULL,
  reason     text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, agent_id, start_time)
);
SELECT protect_table('agent_periods');

-- What Kamailio may know of us: three columns. The view runs as its owner, who sees all tenants; an account is gone from
-- it the moment its session ends (as varchar: Kamailio refuses text). The table beside it is Kamailio's own: registrations, kept over its restart.
CREATE VIEW sip_accounts AS
  SELECT account::varchar(64) AS username, domain::varchar(64), ha1::varchar(64) FROM agent_sessions WHERE expire_time > now();

-- Trunks are trusted by the address their calls come from, and by nothing else (a hash table of Kamailio's).
CREATE VIEW sip_trunks AS
  SELECT DISTINCT address::varchar(64) AS key_name, 0 AS key_type, 1 AS value_type, '1'::varchar(8) AS key_value, 0 AS expires
    FROM trunks;

CREATE TABLE location (
  id             serial PRIMARY KEY,
  ruid           varchar(64) NOT NULL DEFAULT '' UNIQUE,
  username       varchar(64) NOT NULL DEFAULT '',
  domain         varchar(64) DEFAULT NULL,
  contact        varchar(512) NOT NULL DEFAULT '',
  received       varchar(128) DEFAULT NULL,
  path           varchar(512) DEFAULT NULL,
  expires        timestamp NOT NULL DEFAULT '2030-05-28 21:32:15',
  q              real NOT NULL DEFAULT 1.0,
  callid         varchar(255) NOT NULL DEFAULT 'Default-Call-ID',
  cseq           int NOT NULL DEFAULT 1,
  last_modified  timestamp NOT NULL DEFAULT '2000-01-01 00:00:01',
  flags          int NOT NULL DEFAULT 0,
  cflags         int NOT NULL DEFAULT 0,
  user_agent     varchar(255) NOT NULL DEFAULT '',
  socket         varchar(64) DEFAULT NULL,
  methods        int DEFAULT NULL,
  instance       varchar(255) DEFAULT NULL,
  reg_id         int NOT NULL DEFAULT 0,
  server_id      int NOT NULL DEFAULT 0,
  connection_id  int NOT NULL DEFAULT 0,
  keepalive      int NOT NULL DEFAULT 0,
  partition      int NOT NULL DEFAULT 0
);
CREATE INDEX location_account ON location (username, domain, contact);
CREATE INDEX location_expires ON location (expires);
CREATE TABLE version (
  table_name    varchar(32) PRIMARY KEY,
  table_version int NOT NULL
);
INSERT INTO version VALUES ('location', 9), ('sip_accounts', 7), ('sip_trunks', 2);


-- Roles and ownership are the administrator's to give.
RESET ROLE;
DO $$
BEGIN
  CREATE ROLE lintel_kamailio LOGIN CONNECTION LIMIT 40;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
ALTER VIEW sip_accounts OWNER TO @job@;
ALTER VIEW sip_trunks OWNER TO @job@;
GRANT USAGE ON SCHEMA @schema@ TO lintel_kamailio;
GRANT SELECT ON sip_accounts, sip_trunks, version TO lintel_kamailio;
GRANT SELECT, INSERT, UPDATE, DELETE ON location TO lintel_kamailio, @job@;
GRANT USAGE ON SEQUENCE location_id_seq TO lintel_kamailio;
