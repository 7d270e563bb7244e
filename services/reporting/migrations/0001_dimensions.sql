-- What facts hang on. All of it comes from events and can be dropped and read again.

CREATE TABLE dim_project (
  tenant_id    bigint NOT NULL,
  project_id   uuid NOT NULL,
  display_name text NOT NULL,
  time_zone    text NOT NULL,
  PRIMARY KEY (tenant_id, project_id)
);

CREATE TABLE dim_room (
  tenant_id  bigint NOT NULL,
  room_id    uuid NOT NULL,
  project_id uuid NOT NULL,
  building   text NOT NULL,
  entrance   text NOT NULL,
  floor      int NOT NULL,
  number     text NOT NULL,
  layout     text NOT NULL,
  built_area bigint NOT NULL,                     -- hundredths of a square metre
  inner_area bigint NOT NULL,
  list_price bigint,                              -- fen; null without a price table
  PRIMARY KEY (tenant_id, room_id)
);
CREATE INDEX dim_room_project ON dim_room (tenant_id, project_id);

CREATE TABLE dim_consultant (
  tenant_id     bigint NOT NULL,
  consultant_id uuid NOT NULL,
  code          text NOT NULL,
  team          text NOT NULL,
  operator_name text NOT NULL,
  version       bigint NOT NULL,
  PRIMARY KEY (tenant_id, consultant_id)
);

-- No name is kept here: names are asked of their owner when a report is shown. `erased` rows keep nothing but their id.
CREATE TABLE dim_customer (
  tenant_id       bigint NOT NULL,
  customer_id     uuid NOT NULL,
  source          text NOT NULL DEFAULT '',
  level           text NOT NULL DEFAULT '',
  owner           text NOT NULL DEFAULT '',
  owner_team      text NOT NULL DEFAULT '',
  registered_time timestamptz,
  erased          boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, customer_id)
);

SELECT protect_table(t) FROM unnest(ARRAY['dim_project', 'dim_room', 'dim_consultant', 'dim_customer']) t;
GRANT SELECT ON dim_project, dim_room, dim_consultant, dim_customer TO @reader@;
