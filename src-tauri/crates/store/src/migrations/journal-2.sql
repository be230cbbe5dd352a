-- Who asked: a list of one account says nothing of what another one has.

-- The login, where it is known; null: an earlier version asked, or a token without one.
ALTER TABLE entry ADD COLUMN account TEXT;
