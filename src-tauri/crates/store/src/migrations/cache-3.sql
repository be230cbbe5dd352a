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
