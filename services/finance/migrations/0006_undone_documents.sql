-- Subscriptions, holds and contracts whose undo came first or came last: an order for one of them that arrives later is
-- refused.
CREATE TABLE undone_documents (
  tenant_id   bigint NOT NULL,
  id          uuid NOT NULL,
  undone_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect_table('undone_documents');
REVOKE UPDATE, DELETE ON undone_documents FROM @app@, @job@;
