-- What has been read whole, so that reading on begins where it ended; and what a server has no longer.

-- What a list last said of a flat, in one way of writing; when it last said something else than before; and when the flat's
-- details were asked for that are here, unless a list has said something else since.
ALTER TABLE flat ADD COLUMN listed TEXT;
ALTER TABLE flat ADD COLUMN changed_at INTEGER;
ALTER TABLE flat ADD COLUMN detail_at INTEGER;
-- Since when a complete list does not name it any more.
ALTER TABLE flat ADD COLUMN gone_at INTEGER;
ALTER TABLE key ADD COLUMN gone_at INTEGER;
ALTER TABLE resident ADD COLUMN gone_at INTEGER;
UPDATE flat SET detail_at = min(keys_at, residents_at);
CREATE INDEX flat_gone ON flat (gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX key_gone ON key (gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX resident_gone ON resident (gone_at) WHERE gone_at IS NOT NULL;

-- The run that fills a server's rows: the one that is under way or was broken off (finished_at is null), or the last.
CREATE TABLE sync (
    server INTEGER PRIMARY KEY REFERENCES server ON DELETE CASCADE,
    started_at INTEGER NOT NULL,
    -- Whether it reads everything anew, whatever its age.
    is_full INTEGER NOT NULL,
    finished_at INTEGER,
    -- When a run last came to its end, and how many records it could not read.
    completed_at INTEGER,
    failed INTEGER NOT NULL
) STRICT;

-- When an intercom's lists were last read whole.
CREATE TABLE sync_list (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    flats_at INTEGER,
    keys_at INTEGER,
    PRIMARY KEY (server, intercom)
) STRICT, WITHOUT ROWID;
