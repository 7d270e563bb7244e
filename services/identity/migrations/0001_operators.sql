-- Tenants, the people who work for them, and what they may do.
CREATE TABLE tenants (
  tenant_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  display_name text NOT NULL UNIQUE,
  time_zone    text NOT NULL,
  language     text NOT NULL,
  created_time timestamptz NOT NULL
);
SELECT protect_table('tenants');
REVOKE INSERT, UPDATE, DELETE ON tenants FROM @app@;
GRANT UPDATE ON tenants TO @app@;  -- FOR UPDATE serialises changes that could leave nobody in charge.

CREATE TABLE departments (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  display_name text NOT NULL,
  retired      boolean NOT NULL DEFAULT false,
  version      bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('departments');

CREATE TABLE teams (
  tenant_id     bigint NOT NULL,
  id            uuid NOT NULL,
  display_name  text NOT NULL,
  department_id uuid,
  retired       boolean NOT NULL DEFAULT false,
  version       bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name),
  FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
SELECT protect_table('teams');

CREATE TABLE operators (
  tenant_id                bigint NOT NULL,
  id                       uuid NOT NULL,
  sign_in_name             text NOT NULL,   -- lower case; unique over all tenants, for nobody names the tenant at sign-in
  display_name             text NOT NULL,
  password_hash            text NOT NULL,   -- $argon2id$...
  password_change_required boolean NOT NULL,
  language                 text NOT NULL,
  department_id            uuid,
  team_id                  uuid,
  all_projects             boolean NOT NULL,
  projects                 uuid[] NOT NULL DEFAULT '{}',
  active                   boolean NOT NULL DEFAULT true,
  last_sign_in_time        timestamptz,
  created_time             timestamptz NOT NULL,
  updated_time             timestamptz NOT NULL,
  version                  bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES teams (tenant_id, id)
);
CREATE UNIQUE INDEX operators_sign_in ON operators (sign_in_name);
CREATE INDEX operators_names ON operators (tenant_id, sign_in_name, id);
SELECT protect_table('operators');

CREATE TABLE operator_groups (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  display_name text NOT NULL,
  retired      boolean NOT NULL DEFAULT false,
  version      bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, display_name)
);
SELECT protect_table('operator_groups');

-- scope: 1 own, 2 team, 3 project, 4 tenant (lintel.auth.Scope)
CREATE TABLE group_rights (
  tenant_id  bigint NOT NULL,
  group_id   uuid NOT NULL,
  right_name text NOT NULL,
  scope      smallint NOT NULL CHECK (scope BETWEEN 1 AND 4),
  PRIMARY KEY (tenant_id, group_id, right_name),
  FOREIGN KEY (tenant_id, group_id) REFERENCES operator_groups (tenant_id, id)
);
SELECT protect_table('group_rights');

CREATE TABLE group_members (
  tenant_id   bigint NOT NULL,
  operator_id uuid NOT NULL,
  group_id    uuid NOT NULL,
  PRIMARY KEY (tenant_id, operator_id, group_id),
  FOREIGN KEY (tenant_id, operator_id) REFERENCES operators (tenant_id, id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES operator_groups (tenant_id, id)
);
CREATE INDEX group_members_group ON group_members (tenant_id, group_id);
SELECT protect_table('group_members');

CREATE TABLE preferences (
  tenant_id   bigint NOT NULL,
  operator_id uuid NOT NULL,
  key         text NOT NULL,
  value       text NOT NULL,
  PRIMARY KEY (tenant_id, operator_id, key)
);
SELECT protect_table('preferences');
