-- Uploads. The bytes lie in platform/blob under the file's id, encrypted with a key that is kept here, wrapped.
CREATE TABLE files (
  tenant_id    bigint NOT NULL,
  id           uuid NOT NULL,
  operator_id  uuid NOT NULL,
  filename     text NOT NULL,
  size_bytes   bigint NOT NULL,
  sha256_hex   text NOT NULL,
  wrapped_key  text NOT NULL,
  content_type text NOT NULL,                 -- sniffed
  scan_state   text NOT NULL CHECK (scan_state IN ('none', 'clean', 'infected')),
  taken_by     text[] NOT NULL DEFAULT '{}',  -- services; empty: dropped at expire_time
  created_time timestamptz NOT NULL,
  expire_time  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX files_unused ON files (expire_time) WHERE taken_by = '{}';
SELECT protect_table('files');
