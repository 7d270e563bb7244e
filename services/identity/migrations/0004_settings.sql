-- Only what differs from the default of settings.json.
CREATE TABLE settings (
  tenant_id    bigint NOT NULL,
  key          text NOT NULL,
  value        text NOT NULL,
  version      bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, key)
);
SELECT protect_table('settings');

CREATE TABLE features (
  tenant_id bigint NOT NULL,
  key       text NOT NULL,
  enabled   boolean NOT NULL,
  version   bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, key)
);
SELECT protect_table('features');
