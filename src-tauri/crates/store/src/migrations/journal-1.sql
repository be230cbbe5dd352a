-- What this desk asked a server to issue. Instants are microseconds since 1970 in UTC.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    intercom INTEGER NOT NULL,
    -- The flat, where it was asked for one.
    flat INTEGER,
    flat_number TEXT,
    title TEXT NOT NULL,
    until INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    -- 0: on its way; 1: issued; 2: nobody knows.
    outcome INTEGER NOT NULL,
    issued_at INTEGER,
    -- The code as the server answered, where it was issued.
    code_id INTEGER,
    code TEXT,
    code_title TEXT,
    code_intercom INTEGER,
    code_intercom_title TEXT,
    code_flat_number TEXT,
    code_until INTEGER,
    code_is_ended INTEGER,
    code_is_unsettled INTEGER,
    code_removed_at INTEGER,
    code_created_at INTEGER
) STRICT;
CREATE INDEX entry_by_server ON entry (server);
