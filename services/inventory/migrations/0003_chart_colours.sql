-- A project's own colours of the room states: {"3": "#FFDD6B"} by state code. No row: none were chosen.
CREATE TABLE chart_colours (
  tenant_id    bigint NOT NULL,
  project_id   uuid NOT NULL,
  fills        jsonb NOT NULL CHECK (jsonb_typeof(fills) = 'object'),
  version      bigint NOT NULL DEFAULT 1,
  updated_time timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, project_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES projects (tenant_id, id)
);
SELECT protect_table('chart_colours');
