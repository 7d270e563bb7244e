-- Rooms, the claims on them and how each came into its state. A room's row is the only arbiter of who has it.
CREATE TABLE rooms (
  tenant_id             bigint NOT NULL,
  id                    uuid NOT NULL,
  project_id            uuid NOT NULL,
  building              text NOT NULL CHECK (building <> ''),
  entrance              text NOT NULL DEFAULT '',
  floor                 int NOT NULL CHECK (floor BETWEEN -9 AND 200 AND floor <> 0),
  number                text NOT NULL CHECK (number <> ''),
  layout                text NOT NULL DEFAULT '',
  orientation           text NOT NULL DEFAULT '',
  built_area_hundredths bigint NOT NULL CHECK (built_area_hundredths > 0),
  inner_area_hundredths bigint NOT NULL CHECK (inner_area_hundredths >= 0),
  unit_price_minor      bigint CHECK (unit_price_minor > 0),
  list_price_minor      bigint CHECK (list_price_minor > 0),
  price_version         int NOT NULL DEFAULT 0,
  state                 smallint NOT NULL CHECK (state BETWEEN 1 AND 8),
  lock_reason           text NOT NULL DEFAULT '',
  claim_id              uuid,
  hold_kind             smallint NOT NULL DEFAULT 0,
  held_until            timestamptz,
  document              text NOT NULL DEFAULT '',
  team                  text NOT NULL DEFAULT '',
  state_time            timestamptz NOT NULL,
  version               bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, project_id, building, entrance, floor, number),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id),
  CHECK ((claim_id IS NOT NULL) = (state >= 3)),
  CHECK ((held_until IS NOT NULL) = (state = 3)),
  CHECK ((unit_price_minor IS NULL) = (list_price_minor IS NULL))
);
CREATE UNIQUE INDEX rooms_claim ON rooms (tenant_id, claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX rooms_state ON rooms (tenant_id, project_id, state);
SELECT protect_table('rooms');
REVOKE DELETE ON rooms FROM @app@, @job@;

-- One row per deal, kept for ever: a released or refused id can never claim again.
CREATE TABLE claims (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  room_id      uuid NOT NULL,
  closed       boolean NOT NULL DEFAULT false,
  created_time timestamptz NOT NULL,
  closed_time  timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (closed = (closed_time IS NOT NULL))
);
SELECT protect_table('claims');
REVOKE DELETE ON claims FROM @app@, @job@;

CREATE TABLE room_transitions (
  tenant_id     bigint NOT NULL,
  room_id       uuid NOT NULL,
  version       bigint NOT NULL,
  from_state    smallint NOT NULL,
  to_state      smallint NOT NULL,
  actor         text NOT NULL,
  reason        text NOT NULL DEFAULT '',
  price_version int NOT NULL,
  time          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, room_id, version)
);
SELECT protect_table('room_transitions');
REVOKE UPDATE, DELETE ON room_transitions FROM @app@, @job@;

-- Each publication of prices; never changed afterwards.
CREATE TABLE price_tables (
  tenant_id        bigint NOT NULL,
  project_id       uuid NOT NULL,
  version          int NOT NULL CHECK (version > 0),
  rounding         smallint NOT NULL CHECK (rounding BETWEEN 1 AND 4),
  room_count       int NOT NULL,
  list_value_minor bigint NOT NULL,
  publisher        text NOT NULL,
  note             text NOT NULL DEFAULT '',
  published_time   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, project_id, version),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id)
);
SELECT protect_table('price_tables');
REVOKE UPDATE, DELETE ON price_tables FROM @app@, @job@;

CREATE TABLE price_table_rows (
  tenant_id        bigint NOT NULL,
  project_id       uuid NOT NULL,
  version          int NOT NULL,
  room_id          uuid NOT NULL,
  unit_price_minor bigint NOT NULL,
  list_price_minor bigint NOT NULL,
  PRIMARY KEY (tenant_id, project_id, version, room_id)
);
SELECT protect_table('price_table_rows');
REVOKE UPDATE, DELETE ON price_table_rows FROM @app@, @job@;
