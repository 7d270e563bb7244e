-- Who is signed in. A refresh token is not stored: it is made of the session, its generation and a keyed digest, and
-- only the newest generation is good.
CREATE TABLE sessions (
  tenant_id      bigint NOT NULL,
  id             uuid NOT NULL,
  operator_id    uuid NOT NULL,
  generation     bigint NOT NULL DEFAULT 1,
  rotated_time   timestamptz NOT NULL,
  client_address text NOT NULL,
  created_time   timestamptz NOT NULL,
  expire_time    timestamptz NOT NULL,          -- moves on with every refresh
  end_time       timestamptz NOT NULL,          -- never moves
  revoked_time   timestamptz,
  revoke_reason  text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, operator_id) REFERENCES operators (tenant_id, id)
);
CREATE INDEX sessions_open ON sessions (tenant_id, operator_id, created_time) WHERE revoked_time IS NULL;
CREATE INDEX sessions_over ON sessions (end_time);
SELECT protect_table('sessions');

-- Failed sign-ins by account and by address. Both are kept as digests, known or not, so that the table tells neither
-- who exists nor what was typed into the wrong field. It belongs to no tenant.
CREATE TABLE sign_in_failures (
  subject      bytea PRIMARY KEY,
  failures     int NOT NULL,
  first_time   timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX sign_in_failures_age ON sign_in_failures (first_time);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO @app@, @job@;
