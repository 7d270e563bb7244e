-- How often the deal is known to have changed hands: news of an earlier hand-over that arrives later changes nothing.
ALTER TABLE claims ADD COLUMN hand_overs bigint NOT NULL DEFAULT 0;
