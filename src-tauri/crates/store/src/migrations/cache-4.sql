-- What is new is put into the indexes of words by whoever inserts it, not by triggers: SQLite guards each statement that has
-- triggers by itself, so that an index of words writes out what it has with every row. Of rows that change or go, triggers still
-- see to it.
DROP TRIGGER key_put;
DROP TRIGGER key_whole_put;
DROP TRIGGER resident_put;

-- The number of a resident's flat stands with their words, as it does with those of a key's owner: who is called so and lives in a
-- flat of that number is found without looking into that flat at every intercom.
ALTER TABLE resident ADD COLUMN flat_folded TEXT;
UPDATE resident SET flat_folded = (
    SELECT number_folded FROM flat
    WHERE flat.server = resident.server AND flat.intercom = resident.intercom AND flat.id = resident.flat
);
DROP TRIGGER resident_whole_put;
DROP TRIGGER resident_whole_gone;
DROP TRIGGER resident_whole_changed;
DROP TABLE resident_whole_word;
CREATE VIRTUAL TABLE resident_whole_word USING fts5(
    words, flat_folded, content = 'resident', content_rowid = 'row', columnsize = 0, detail = column, tokenize = 'ascii',
    prefix = '1 2 3 4 5 6 7 8'
);
INSERT INTO resident_whole_word (resident_whole_word, rank) VALUES ('secure-delete', 1);
INSERT INTO resident_whole_word (resident_whole_word) VALUES ('rebuild');
CREATE TRIGGER resident_whole_gone AFTER DELETE ON resident BEGIN
    INSERT INTO resident_whole_word (resident_whole_word, rowid, words, flat_folded)
    VALUES ('delete', old.row, old.words, old.flat_folded);
END;
CREATE TRIGGER resident_whole_changed AFTER UPDATE OF words, flat_folded ON resident
WHEN old.words <> new.words OR old.flat_folded IS NOT new.flat_folded BEGIN
    INSERT INTO resident_whole_word (resident_whole_word, rowid, words, flat_folded)
    VALUES ('delete', old.row, old.words, old.flat_folded);
    INSERT INTO resident_whole_word (rowid, words, flat_folded) VALUES (new.row, new.words, new.flat_folded);
END;
