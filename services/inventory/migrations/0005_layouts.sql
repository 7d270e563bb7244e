-- A layout is retired, never deleted: rooms and price tables quote its code. Layouts and permits carry an etag.
ALTER TABLE layouts ADD COLUMN retired boolean NOT NULL DEFAULT false;
ALTER TABLE layouts ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE permits ADD COLUMN version bigint NOT NULL DEFAULT 1;
