-- Documents whose stage was taken back: an advance to one of them that arrives later finds its door shut.
ALTER TABLE claims ADD COLUMN undone_documents text[] NOT NULL DEFAULT '{}';
