-- Instants are microseconds since 1970 in UTC. Ids are the server's record ids. A folded text is lower case, with е for ё.
CREATE TABLE server (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    codes_listed_at INTEGER
) STRICT;

CREATE TABLE intercom (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    id INTEGER NOT NULL,
    title TEXT,
    address TEXT,
    entrance TEXT,
    online INTEGER,
    online_at INTEGER,
    mac TEXT,
    flat_from INTEGER,
    flat_to INTEGER,
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (server, id)
) STRICT, WITHOUT ROWID;

-- A flat is known by its record id, or by its door number alone.
CREATE TABLE flat (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    id INTEGER,
    number TEXT NOT NULL,
    -- The number where it is one, for sorting.
    number_value INTEGER,
    number_folded TEXT NOT NULL,
    key_count INTEGER,
    resident_count INTEGER,
    analog INTEGER,
    analog_at INTEGER,
    smartphone INTEGER,
    smartphone_at INTEGER,
    landline INTEGER,
    landline_at INTEGER,
    confirmed_at INTEGER NOT NULL,
    -- When its keys and its residents were last told, if ever.
    keys_at INTEGER,
    residents_at INTEGER
) STRICT;
CREATE UNIQUE INDEX flat_by_id ON flat (server, intercom, id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX flat_without_id ON flat (server, intercom, number) WHERE id IS NULL;
CREATE INDEX flat_by_number ON flat (server, intercom, number_value IS NULL, number_value, number, id);
CREATE INDEX flat_by_text ON flat (server, intercom, number_folded);

CREATE TABLE key (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    key_folded TEXT NOT NULL,
    -- 0: the server did not say; 1: nobody's; 2: a user's.
    owner INTEGER NOT NULL,
    user INTEGER,
    name TEXT,
    login TEXT,
    name_folded TEXT,
    login_folded TEXT,
    flat INTEGER,
    flat_number TEXT,
    flat_folded TEXT,
    flat_value INTEGER,
    created_at INTEGER,
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (server, intercom, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_by_key ON key (server, intercom, key_folded, id);
CREATE INDEX key_by_flat ON key (server, intercom, flat);

-- A user linked to a flat.
CREATE TABLE resident (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    flat INTEGER NOT NULL,
    id INTEGER NOT NULL,
    -- Its place in the flat's list.
    place INTEGER NOT NULL,
    name TEXT,
    login TEXT,
    name_folded TEXT,
    login_folded TEXT,
    valid_until INTEGER,
    PRIMARY KEY (server, intercom, flat, id)
) STRICT, WITHOUT ROWID;

-- Codes as the server last listed them: the client account's (intercom_list is null), or an intercom's by flat.
CREATE TABLE code (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom_list INTEGER,
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    intercom INTEGER,
    intercom_title TEXT,
    flat_number TEXT,
    until INTEGER,
    is_ended INTEGER NOT NULL,
    is_unsettled INTEGER NOT NULL,
    removed_at INTEGER,
    created_at INTEGER
) STRICT;
CREATE INDEX code_by_list ON code (server, intercom_list);

-- When an intercom's codes by flat were last listed, and whether that list once had a code that this desk issued.
CREATE TABLE code_list (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    listed_at INTEGER,
    is_proven INTEGER NOT NULL,
    PRIMARY KEY (server, intercom)
) STRICT, WITHOUT ROWID;
