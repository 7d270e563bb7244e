-- Three documents of one deal on one room. `deal_id` is the claim in inventory; `busy` names the process that works on the
-- document at this moment, so that no second one begins.
CREATE TABLE holds (
  tenant_id      bigint NOT NULL,
  id             uuid NOT NULL,
  project_id     uuid NOT NULL,
  room_id        uuid NOT NULL,
  deal_id        uuid NOT NULL,
  customer_id    uuid,
  consultant_id  uuid,
  operator_name  text NOT NULL,
  team           text NOT NULL DEFAULT '',
  team_name      text NOT NULL DEFAULT '',
  kind           text NOT NULL CHECK (kind IN ('CUSTOMER', 'MANAGER', 'COMPANY')),
  state          text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'FAILED', 'RELEASED', 'EXPIRED', 'CONVERTED')),
  busy           text NOT NULL DEFAULT '',
  expire_time    timestamptz NOT NULL,
  remind_time    timestamptz NOT NULL,
  reminded       boolean NOT NULL DEFAULT false,
  fee_minor      bigint NOT NULL,
  reason         text NOT NULL DEFAULT '',
  failure_reason text NOT NULL DEFAULT '',
  release_reason text NOT NULL DEFAULT '',
  extensions     int NOT NULL DEFAULT 0,
  room_label     text NOT NULL,
  created_time   timestamptz NOT NULL,
  updated_time   timestamptz NOT NULL,
  version        bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX holds_expiry ON holds (tenant_id, expire_time) WHERE state = 'ACTIVE';
CREATE INDEX holds_room ON holds (tenant_id, room_id);
CREATE INDEX holds_customer ON holds (tenant_id, customer_id);
SELECT protect_table('holds');

-- `snapshot` is the document as it was agreed (buyers, discounts, schedule, prices), the message of the API as JSON.
CREATE TABLE subscriptions (
  tenant_id      bigint NOT NULL,
  id             uuid NOT NULL,
  project_id     uuid NOT NULL,
  room_id        uuid NOT NULL,
  deal_id        uuid NOT NULL,
  hold_id        uuid,
  consultant_id  uuid,
  operator_name  text NOT NULL,
  team           text NOT NULL DEFAULT '',
  team_name      text NOT NULL DEFAULT '',
  customer_ids   uuid[] NOT NULL,
  state          text NOT NULL CHECK (state IN ('PENDING', 'ACTIVE', 'FAILED', 'CONVERTED')),
  busy           text NOT NULL DEFAULT '',
  failure_reason text NOT NULL DEFAULT '',
  price_minor    bigint NOT NULL,
  sign_by_time   timestamptz NOT NULL,
  remind_time    timestamptz NOT NULL,
  reminded       boolean NOT NULL DEFAULT false,
  time_zone      text NOT NULL,
  room_label     text NOT NULL,
  snapshot       jsonb NOT NULL,
  created_time   timestamptz NOT NULL,
  updated_time   timestamptz NOT NULL,
  version        bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX subscriptions_sign_by ON subscriptions (tenant_id, sign_by_time) WHERE state = 'ACTIVE';
CREATE INDEX subscriptions_room ON subscriptions (tenant_id, room_id);
SELECT protect_table('subscriptions');
