-- A cache as version 3 of its schema left it: never changed, whatever the program's own steps become.
-- Instants are microseconds since 1970 in UTC. Ids are the server's record ids. A folded text is lower case, with е for ё.
CREATE TABLE server (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    codes_listed_at INTEGER
) STRICT;

CREATE TABLE intercom (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    id INTEGER NOT NULL,
    title TEXT,
    address TEXT,
    entrance TEXT,
    title_folded TEXT,
    entrance_folded TEXT,
    -- Of the title and the address, as they are searched.
    words TEXT NOT NULL,
    online INTEGER,
    online_at INTEGER,
    mac TEXT,
    flat_from INTEGER,
    flat_to INTEGER,
    confirmed_at INTEGER NOT NULL,
    UNIQUE (server, id)
) STRICT;
CREATE INDEX intercom_by_title ON intercom (title_folded);
CREATE INDEX intercom_by_entrance ON intercom (entrance_folded);

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
CREATE INDEX flat_by_age ON flat (server, intercom, confirmed_at);
-- Over all servers.
CREATE INDEX flat_anywhere ON flat (number_folded, server, intercom);

CREATE TABLE key (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    key_folded TEXT NOT NULL,
    -- The key in its one way of writing, whatever way the server has; the same from its end; its number and that of its
    -- last three bytes in decimal, from the end.
    hex TEXT NOT NULL,
    tail TEXT NOT NULL,
    decimal_tail TEXT,
    low_tail TEXT,
    -- 0: the server did not say; 1: nobody's; 2: a user's.
    owner INTEGER NOT NULL,
    user INTEGER,
    name TEXT,
    login TEXT,
    name_folded TEXT,
    login_folded TEXT,
    -- Of the owner's name and login, as they are searched.
    words TEXT NOT NULL,
    flat INTEGER,
    flat_number TEXT,
    flat_folded TEXT,
    flat_value INTEGER,
    created_at INTEGER,
    confirmed_at INTEGER NOT NULL,
    UNIQUE (server, intercom, id)
) STRICT;
CREATE INDEX key_by_key ON key (server, intercom, key_folded, id);
CREATE INDEX key_by_flat ON key (server, intercom, flat);
CREATE INDEX key_by_age ON key (server, intercom, confirmed_at);
-- Over all servers.
CREATE INDEX key_by_hex ON key (hex);
CREATE INDEX key_by_tail ON key (tail);
CREATE INDEX key_by_decimal_tail ON key (decimal_tail);
CREATE INDEX key_by_low_tail ON key (low_tail);

-- A user linked to a flat.
CREATE TABLE resident (
    row INTEGER PRIMARY KEY,
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
    -- Of the name and the login, as they are searched.
    words TEXT NOT NULL,
    valid_until INTEGER,
    UNIQUE (server, intercom, flat, id)
) STRICT;

-- Codes as the server last listed them: the client account's (intercom_list is null), or an intercom's by flat.
CREATE TABLE code (
    row INTEGER PRIMARY KEY,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom_list INTEGER,
    id INTEGER NOT NULL,
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    -- Of the title, as they are searched.
    words TEXT NOT NULL,
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
-- Over all servers.
CREATE INDEX code_by_code ON code (code);

-- When an intercom's codes by flat were last listed, and whether that list once had a code that this desk issued.
CREATE TABLE code_list (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    intercom INTEGER NOT NULL,
    listed_at INTEGER,
    is_proven INTEGER NOT NULL,
    PRIMARY KEY (server, intercom)
) STRICT, WITHOUT ROWID;

-- What is searched by words, three characters at a time. The triggers keep each index as its table is, so a row is only ever
-- put by an upsert: REPLACE would take the old one away without a word. A word that is gone is gone from the index, too.
CREATE VIRTUAL TABLE intercom_word USING fts5(
    words, content = 'intercom', content_rowid = 'row', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO intercom_word (intercom_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER intercom_put AFTER INSERT ON intercom BEGIN
    INSERT INTO intercom_word (rowid, words) VALUES (new.row, new.words);
END;
CREATE TRIGGER intercom_gone AFTER DELETE ON intercom BEGIN
    INSERT INTO intercom_word (intercom_word, rowid, words) VALUES ('delete', old.row, old.words);
END;
CREATE TRIGGER intercom_changed AFTER UPDATE OF words ON intercom WHEN old.words <> new.words BEGIN
    INSERT INTO intercom_word (intercom_word, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO intercom_word (rowid, words) VALUES (new.row, new.words);
END;

CREATE VIRTUAL TABLE key_word USING fts5(
    words, content = 'key', content_rowid = 'row', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO key_word (key_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER key_put AFTER INSERT ON key BEGIN
    INSERT INTO key_word (rowid, words) VALUES (new.row, new.words);
END;
CREATE TRIGGER key_gone AFTER DELETE ON key BEGIN
    INSERT INTO key_word (key_word, rowid, words) VALUES ('delete', old.row, old.words);
END;
CREATE TRIGGER key_changed AFTER UPDATE OF words ON key WHEN old.words <> new.words BEGIN
    INSERT INTO key_word (key_word, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO key_word (rowid, words) VALUES (new.row, new.words);
END;

CREATE VIRTUAL TABLE resident_word USING fts5(
    words, content = 'resident', content_rowid = 'row', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO resident_word (resident_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER resident_put AFTER INSERT ON resident BEGIN
    INSERT INTO resident_word (rowid, words) VALUES (new.row, new.words);
END;
CREATE TRIGGER resident_gone AFTER DELETE ON resident BEGIN
    INSERT INTO resident_word (resident_word, rowid, words) VALUES ('delete', old.row, old.words);
END;
CREATE TRIGGER resident_changed AFTER UPDATE OF words ON resident WHEN old.words <> new.words BEGIN
    INSERT INTO resident_word (resident_word, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO resident_word (rowid, words) VALUES (new.row, new.words);
END;

CREATE VIRTUAL TABLE code_word USING fts5(
    words, content = 'code', content_rowid = 'row', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO code_word (code_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER code_put AFTER INSERT ON code BEGIN
    INSERT INTO code_word (rowid, words) VALUES (new.row, new.words);
END;
CREATE TRIGGER code_gone AFTER DELETE ON code BEGIN
    INSERT INTO code_word (code_word, rowid, words) VALUES ('delete', old.row, old.words);
END;
CREATE TRIGGER code_changed AFTER UPDATE OF words ON code WHEN old.words <> new.words BEGIN
    INSERT INTO code_word (code_word, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO code_word (rowid, words) VALUES (new.row, new.words);
END;

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

-- What a question about people, or about a flat's number, is answered from without going through long lists.

-- Whole words of names and logins, with an index of their first letters, up to eight of them: whoever types several words asks
-- for the few lists of exactly those. The index of three characters at a time, whose lists are far longer, is left for parts in
-- the middle. Words are folded, letters and digits alone, with blanks between them: that is what this tokenizer takes apart.
-- Kept by triggers as the other is.
CREATE VIRTUAL TABLE resident_whole_word USING fts5(
    words, content = 'resident', content_rowid = 'row', columnsize = 0, detail = none, tokenize = 'ascii',
    prefix = '1 2 3 4 5 6 7 8'
);
INSERT INTO resident_whole_word (resident_whole_word, rank) VALUES ('secure-delete', 1);
INSERT INTO resident_whole_word (resident_whole_word) VALUES ('rebuild');
CREATE TRIGGER resident_whole_put AFTER INSERT ON resident BEGIN
    INSERT INTO resident_whole_word (rowid, words) VALUES (new.row, new.words);
END;
CREATE TRIGGER resident_whole_gone AFTER DELETE ON resident BEGIN
    INSERT INTO resident_whole_word (resident_whole_word, rowid, words) VALUES ('delete', old.row, old.words);
END;
CREATE TRIGGER resident_whole_changed AFTER UPDATE OF words ON resident WHEN old.words <> new.words BEGIN
    INSERT INTO resident_whole_word (resident_whole_word, rowid, words) VALUES ('delete', old.row, old.words);
    INSERT INTO resident_whole_word (rowid, words) VALUES (new.row, new.words);
END;

-- Of a key's owner the number of the flat besides: who of that name has a key of a flat of that number.
CREATE VIRTUAL TABLE key_whole_word USING fts5(
    words, flat_folded, content = 'key', content_rowid = 'row', columnsize = 0, detail = column, tokenize = 'ascii',
    prefix = '1 2 3 4 5 6 7 8'
);
INSERT INTO key_whole_word (key_whole_word, rank) VALUES ('secure-delete', 1);
INSERT INTO key_whole_word (key_whole_word) VALUES ('rebuild');
CREATE TRIGGER key_whole_put AFTER INSERT ON key BEGIN
    INSERT INTO key_whole_word (rowid, words, flat_folded) VALUES (new.row, new.words, new.flat_folded);
END;
CREATE TRIGGER key_whole_gone AFTER DELETE ON key BEGIN
    INSERT INTO key_whole_word (key_whole_word, rowid, words, flat_folded)
    VALUES ('delete', old.row, old.words, old.flat_folded);
END;
CREATE TRIGGER key_whole_changed AFTER UPDATE OF words, flat_folded ON key
WHEN old.words <> new.words OR old.flat_folded IS NOT new.flat_folded BEGIN
    INSERT INTO key_whole_word (key_whole_word, rowid, words, flat_folded)
    VALUES ('delete', old.row, old.words, old.flat_folded);
    INSERT INTO key_whole_word (rowid, words, flat_folded) VALUES (new.row, new.words, new.flat_folded);
END;

-- Where else somebody is, over all intercoms of a server. The server comes second: nothing else is looked for by it alone.
CREATE INDEX resident_by_user ON resident (id, server, gone_at, intercom, flat);
CREATE INDEX key_by_user ON key (user, server, gone_at, intercom, flat) WHERE user IS NOT NULL;

-- With all that flats of a number are put in order by: of those that are not shown no row is read.
DROP INDEX flat_anywhere;
CREATE INDEX flat_anywhere ON flat (number_folded, server, intercom, gone_at, id);
DROP INDEX flat_by_text;
CREATE INDEX flat_by_text ON flat (server, intercom, number_folded, gone_at, id);

-- What was listed before it was written down what a list says: the admin account told of it, whatever that was.
UPDATE flat SET listed = '' WHERE id IS NOT NULL AND listed IS NULL;

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

INSERT INTO server (id, name, codes_listed_at) VALUES (1, 'lenina', 1767225600000000);
INSERT INTO intercom (server, id, title, address, entrance, title_folded, entrance_folded, words, confirmed_at)
VALUES (1, 21, 'Подъезд 1', 'ул. Ленина, 12', '1', 'подъезд 1', '1', '  подъезд  1  ул  ленина  12', 1767225600000000);
INSERT INTO flat (server, intercom, id, number, number_value, number_folded, key_count, resident_count, analog, analog_at,
    confirmed_at, keys_at, residents_at, listed, detail_at, gone_at)
VALUES (1, 21, 545, '45', 45, '45', 1, 1, 1, 1767225600000000, 1767225600000000, 1767225600000000, 1767225600000000,
        'Some(1) Some(1) [Some(true), None, None] 45', 1767225600000000, NULL),
    (1, 21, 546, '46', 46, '46', NULL, NULL, NULL, NULL, 1767225600000000, NULL, NULL,
        'None None [None, None, None] 46', NULL, NULL),
    (1, 21, 547, '47', 47, '47', NULL, NULL, NULL, NULL, 1767225600000000, NULL, NULL,
        'None None [None, None, None] 47', NULL, 1767229200000000);
INSERT INTO key (server, intercom, id, key, key_folded, hex, tail, decimal_tail, low_tail, owner, user, name, login, name_folded,
    login_folded, words, flat, flat_number, flat_folded, flat_value, confirmed_at)
VALUES (1, 21, 9, '04A1B2C3', '04a1b2c3', '04A1B2C3', '3C2B1A40', '14092777', '34095601', 2, 103, 'Алёна Ёлкина', NULL,
    'алена елкина', NULL, '  алена  елкина', 545, '45', '45', 45, 1767225600000000);
INSERT INTO resident (server, intercom, flat, id, place, name, name_folded, words)
VALUES (1, 21, 545, 103, 0, 'Алёна Ёлкина', 'алена елкина', '  алена  елкина');
INSERT INTO code (server, id, code, title, words, until, is_ended, is_unsettled)
VALUES (1, 7, '93552', 'Курьер', '  курьер', 1767225600000000, 0, 0);
INSERT INTO sync (server, started_at, is_full, finished_at, completed_at, failed)
VALUES (1, 1767225600000000, 0, 1767225660000000, 1767225660000000, 2);
INSERT INTO sync_list (server, intercom, flats_at, keys_at) VALUES (1, 21, 1767225600000000, 1767225600000000);
INSERT INTO sync_missed (server, list, intercom, why) VALUES (1, 'keys', 21, 'server_failed');
