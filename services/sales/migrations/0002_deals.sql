-- Three documents of one deal. `state` follows the proto: 1 PENDING 2 ACTIVE 3 FAILED 4 RELEASED 5 EXPIRED 6 CONVERTED.
CREATE TABLE holds (
  tenant_id      bigint NOT NULL,
  id             uuid NOT NULL,
  deal_id        uuid NOT NULL,                -- the claim in inventory; the hold's own id
  project_id     uuid NOT NULL,
  room_id        uuid NOT NULL,
  room_label     text NOT NULL DEFAULT '',
  customer_id    uuid,
  consultant_id  uuid NOT NULL,
  kind           smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  state          smallint NOT NULL CHECK (state BETWEEN 1 AND 6),
  expire_time    timestamptz NOT NULL,
  fee_minor      bigint NOT NULL CHECK (fee_minor >= 0),
  reason         text NOT NULL DEFAULT '',
  failure_reason text NOT NULL DEFAULT '',
  release_reason text NOT NULL DEFAULT '',
  extensions     int NOT NULL DEFAULT 0,
  version        bigint NOT NULL DEFAULT 1,
  created_time   timestamptz NOT NULL,
  updated_time   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, consultant_id) REFERENCES consultants (tenant_id, id),
  CHECK (kind <> 1 OR customer_id IS NOT NULL)
);
-- One live hold on a room at a time, whatever inventory says.
CREATE UNIQUE INDEX holds_room ON holds (tenant_id, room_id) WHERE state = 2;
CREATE INDEX holds_expiry ON holds (tenant_id, state, expire_time);
SELECT protect_table('holds');
REVOKE DELETE ON holds FROM @app@, @job@;

CREATE TABLE subscriptions (
  tenant_id             bigint NOT NULL,
  id                    uuid NOT NULL,
  deal_id               uuid NOT NULL,
  hold_id               uuid,
  project_id            uuid NOT NULL,
  room_id               uuid NOT NULL,
  room_label            text NOT NULL DEFAULT '',
  consultant_id         uuid NOT NULL,
  plan_id               uuid NOT NULL,
  plan_kind             text NOT NULL DEFAULT '',
  state                 smallint NOT NULL CHECK (state BETWEEN 1 AND 6),
  list_price_minor      bigint NOT NULL CHECK (list_price_minor > 0),
  price_version         int NOT NULL,
  price_minor           bigint NOT NULL CHECK (price_minor > 0),
  built_area_hundredths bigint NOT NULL,
  deposit_minor         bigint NOT NULL CHECK (deposit_minor >= 0),
  deposit_kind          smallint NOT NULL,
  sign_by_time          timestamptz NOT NULL,
  time_zone             text NOT NULL,
  deal_reasons          text[] NOT NULL DEFAULT '{}',
  failure_reason        text NOT NULL DEFAULT '',
  version               bigint NOT NULL DEFAULT 1,
  created_time          timestamptz NOT NULL,
  updated_time          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, consultant_id) REFERENCES consultants (tenant_id, id)
);
CREATE UNIQUE INDEX subscriptions_room ON subscriptions (tenant_id, room_id) WHERE state IN (2, 6);
CREATE UNIQUE INDEX subscriptions_deal ON subscriptions (tenant_id, deal_id) WHERE state IN (1, 2, 6);
SELECT protect_table('subscriptions');
REVOKE DELETE ON subscriptions FROM @app@, @job@;

CREATE TABLE subscription_buyers (
  tenant_id       bigint NOT NULL,
  subscription_id uuid NOT NULL,
  sequence        int NOT NULL,
  customer_id     uuid NOT NULL,
  share_ppm       int NOT NULL CHECK (share_ppm BETWEEN 0 AND 1000000),
  PRIMARY KEY (tenant_id, subscription_id, sequence),
  UNIQUE (tenant_id, subscription_id, customer_id),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions (tenant_id, id)
);
CREATE INDEX subscription_buyers_customer ON subscription_buyers (tenant_id, customer_id);
SELECT protect_table('subscription_buyers');

CREATE TABLE subscription_discounts (
  tenant_id       bigint NOT NULL,
  subscription_id uuid NOT NULL,
  sequence        int NOT NULL,
  kind            smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
  ppm             bigint NOT NULL,
  amount_minor    bigint NOT NULL,
  reason          text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, subscription_id, sequence),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions (tenant_id, id)
);
SELECT protect_table('subscription_discounts');

CREATE TABLE contracts (
  tenant_id       bigint NOT NULL,
  id              uuid NOT NULL,
  subscription_id uuid NOT NULL,
  number          text NOT NULL,
  state           smallint NOT NULL CHECK (state BETWEEN 1 AND 6),
  sign_date       date NOT NULL,
  stamp_tax_minor bigint NOT NULL DEFAULT 0,
  stamp_rate_ppm  bigint NOT NULL DEFAULT 0,
  attachments     text[] NOT NULL DEFAULT '{}',
  failure_reason  text NOT NULL DEFAULT '',
  version         bigint NOT NULL DEFAULT 1,
  created_time    timestamptz NOT NULL,
  updated_time    timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscriptions (tenant_id, id)
);
CREATE UNIQUE INDEX contracts_subscription ON contracts (tenant_id, subscription_id) WHERE state IN (1, 2);
SELECT protect_table('contracts');
REVOKE DELETE ON contracts FROM @app@, @job@;

-- What is to be said before a deadline; fires once.
CREATE TABLE reminders (
  tenant_id     bigint NOT NULL,
  document      text NOT NULL,          -- holds/{h} or subscriptions/{s}
  kind          text NOT NULL CHECK (kind IN ('HOLD_EXPIRES', 'SIGN_BY')),
  project_id    uuid NOT NULL,
  room_label    text NOT NULL,
  consultant_id uuid NOT NULL,
  due_time      timestamptz NOT NULL,
  remind_time   timestamptz NOT NULL,
  fired         boolean NOT NULL DEFAULT false,
  id            uuid NOT NULL,
  PRIMARY KEY (tenant_id, document, kind)
);
SELECT protect_table('reminders');
