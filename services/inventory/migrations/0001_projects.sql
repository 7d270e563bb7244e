-- Projects and what stands around their rooms.
CREATE TABLE projects (
  tenant_id      bigint NOT NULL,
  id             uuid NOT NULL,
  display_name   text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 100),
  time_zone      text NOT NULL,
  address        text NOT NULL DEFAULT '',
  escrow_account text NOT NULL DEFAULT '',
  version        bigint NOT NULL DEFAULT 1,
  created_time   timestamptz NOT NULL,
  updated_time   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('projects');

CREATE TABLE permits (
  tenant_id   bigint NOT NULL,
  id          uuid NOT NULL,
  project_id  uuid NOT NULL,
  number      text NOT NULL CHECK (length(number) BETWEEN 1 AND 60),
  valid_from  date NOT NULL,
  valid_until date,                       -- inclusive; null: no end
  buildings   text[] NOT NULL DEFAULT '{}',  -- display names; empty: all
  revoked     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, project_id, number),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
SELECT protect_table('permits');

CREATE TABLE layouts (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  project_id   uuid NOT NULL,
  code         text NOT NULL CHECK (length(code) BETWEEN 1 AND 20),
  display_name text NOT NULL DEFAULT '',
  bedrooms     int NOT NULL DEFAULT 0 CHECK (bedrooms BETWEEN 0 AND 20),
  picture      text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, project_id, code),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id)
);
SELECT protect_table('layouts');
