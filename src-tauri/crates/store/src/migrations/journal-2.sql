-- Who asked: a list of one account says nothing of what another one has.

-- Its record id as `#12`, or its login where the server tells no id; null: an earlier version asked, or a pasted token.
ALTER TABLE entry ADD COLUMN account TEXT;
