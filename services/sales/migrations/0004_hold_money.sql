-- The project's time zone, by which a hold's fee is booked (CFG-01).
ALTER TABLE holds ADD COLUMN time_zone text NOT NULL DEFAULT 'Asia/Shanghai';
