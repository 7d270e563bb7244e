-- How calls come in. A dialled number is unique over all tenants: it is looked up before the tenant is known.
CREATE TABLE queues (
  tenant_id     bigint NOT NULL,
  id            uuid NOT NULL,
  display_name  text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 60),
  ring_limit_ms int NOT NULL CHECK (ring_limit_ms BETWEEN 5000 AND 60000),
  max_wait_ms   int NOT NULL CHECK (max_wait_ms BETWEEN 10000 AND 3600000),
  wrap_up_ms    int NOT NULL CHECK (wrap_up_ms BETWEEN 0 AND 600000),
  max_waiting   int NOT NULL CHECK (max_waiting BETWEEN 1 AND 1000),
  version       bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('queues');

CREATE TABLE voice_flows (
  tenant_id       bigint NOT NULL,
  id              uuid NOT NULL,
  display_name    text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 60),
  current_version int NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('voice_flows');

-- Immutable: a node caches a graph by its name for ever.
CREATE TABLE voice_flow_versions (
  tenant_id    bigint NOT NULL,
  flow_id      uuid NOT NULL,
  version      int NOT NULL,
  graph        text NOT NULL,
  note         text NOT NULL DEFAULT '',
  author       text NOT NULL,
  created_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, flow_id, version),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES voice_flows (tenant_id, id)
);
SELECT protect_table('voice_flow_versions');
REVOKE UPDATE, DELETE ON voice_flow_versions FROM @app@;

CREATE TABLE trunks (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 60),
  address      text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('trunks');

CREATE TABLE numbers (
  tenant_id bigint NOT NULL,
  id        uuid NOT NULL,
  number    text NOT NULL UNIQUE,
  flow_id   uuid NOT NULL,
  language  text NOT NULL DEFAULT '' CHECK (language IN ('', 'zh-CN', 'en')),
  record    boolean NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES voice_flows (tenant_id, id)
);
SELECT protect_table('numbers');

-- Who owns an exchange. The epoch grows with each new owner; media nodes obey only the highest (DESIGN 6).
CREATE TABLE exchange_leases (
  exchange    text PRIMARY KEY,
  holder      text NOT NULL,
  epoch       bigint NOT NULL,
  lease_until timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON exchange_leases TO @job@;
