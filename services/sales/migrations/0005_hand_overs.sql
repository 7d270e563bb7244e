-- How often a deal has changed hands (INV-04): the order in which inventory learns it.
CREATE TABLE hand_overs (
  tenant_id bigint NOT NULL,
  deal_id   uuid NOT NULL,
  count     bigint NOT NULL CHECK (count > 0),
  PRIMARY KEY (tenant_id, deal_id)
);
SELECT protect_table('hand_overs');
