-- Lists that the last run to come to its end could not read, until they are read after all.
CREATE TABLE sync_missed (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    list TEXT NOT NULL,
    -- Whose list it is; 0: it is the account's.
    intercom INTEGER NOT NULL,
    -- Why, in the words of whoever asked for it; null: it came, but not all of it.
    why TEXT,
    PRIMARY KEY (server, list, intercom)
) STRICT, WITHOUT ROWID;
