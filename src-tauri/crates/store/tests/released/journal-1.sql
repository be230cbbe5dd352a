-- A journal as version 1 of its schema left it: never changed, whatever the program's own steps become.
-- What this desk asked a server to issue. Instants are microseconds since 1970 in UTC.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    server TEXT NOT NULL,
    intercom INTEGER NOT NULL,
    -- The flat, where it was asked for one.
    flat INTEGER,
    flat_number TEXT,
    title TEXT NOT NULL,
    -- Of the title, as they are searched.
    words TEXT NOT NULL,
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
CREATE INDEX entry_by_code ON entry (code) WHERE code IS NOT NULL;

-- What is searched by words, three characters at a time. The triggers keep the index as the table is, so an entry is only ever
-- put by an upsert: REPLACE would take the old one away without a word. A word that is gone is gone from the index, too.
CREATE VIRTUAL TABLE entry_word USING fts5(
    words, content = 'entry', content_rowid = 'number', columnsize = 0, tokenize = 'trigram case_sensitive 1'
);
INSERT INTO entry_word (entry_word, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER entry_put AFTER INSERT ON entry BEGIN
    INSERT INTO entry_word (rowid, words) VALUES (new.number, new.words);
END;
CREATE TRIGGER entry_gone AFTER DELETE ON entry BEGIN
    INSERT INTO entry_word (entry_word, rowid, words) VALUES ('delete', old.number, old.words);
END;
CREATE TRIGGER entry_changed AFTER UPDATE OF words ON entry WHEN old.words <> new.words BEGIN
    INSERT INTO entry_word (entry_word, rowid, words) VALUES ('delete', old.number, old.words);
    INSERT INTO entry_word (rowid, words) VALUES (new.number, new.words);
END;

INSERT INTO entry (number, server, intercom, flat, flat_number, title, words, until, asked_at, outcome)
VALUES (41, 'lenina', 21, 545, '45', 'Сантехник', 'сантехник', 1767225600000000, 1767220000000000, 0);
INSERT INTO entry (number, server, intercom, flat, flat_number, title, words, until, asked_at, outcome, issued_at, code_id, code,
    code_title, code_is_ended, code_is_unsettled)
VALUES (42, 'lenina', 21, 545, '45', 'Электрик', 'электрик', 1767225600000000, 1767220000000000, 1, 1767220000000000, 8, '40417',
    'Электрик', 0, 0);
