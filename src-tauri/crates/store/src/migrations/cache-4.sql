-- What is new is put into the indexes of words by whoever inserts it, not by triggers: SQLite guards each statement that has
-- triggers by itself, so that an index of words writes out what it has with every row. Of rows that change or go, triggers still
-- see to it.
DROP TRIGGER key_put;
DROP TRIGGER key_whole_put;
DROP TRIGGER resident_put;
DROP TRIGGER resident_whole_put;
