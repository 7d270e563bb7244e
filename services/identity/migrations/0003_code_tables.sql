-- Choices that a firm maintains itself. A retired code keeps its label.
CREATE TABLE codes (
  tenant_id  bigint NOT NULL,
  code_table text NOT NULL,
  code       text NOT NULL,
  label_zh   text NOT NULL,
  label_en   text NOT NULL,
  position   int NOT NULL,
  retired    boolean NOT NULL DEFAULT false,
  version    bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, code_table, code)
);
SELECT protect_table('codes');
