// Frozen on the day it ships: a migration imports nothing of ours and is never edited.
export const meaning = {
  version: 30,
  sql: `
    -- The words of \`words\` without their endings, for what shares some words with a query and not all. Beside it, because
    -- what is typed finds words as they are written.
    CREATE VIRTUAL TABLE stems USING fts5 (
      title, body, people, marks,
      content = '', tokenize = "porter unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    );
    INSERT INTO stems (stems, rank) VALUES ('secure-delete', 1);
    INSERT INTO stems (stems, rank) VALUES ('automerge', 16);
    -- Where there is nothing yet, nothing has to be made anew for it.
    UPDATE words_progress SET version = 2 WHERE NOT EXISTS (SELECT 1 FROM items);

    -- What makes vectors of texts: a model, at one state of its files. While one is filled, an older one serves.
    CREATE TABLE embedders (
      id    INTEGER PRIMARY KEY AUTOINCREMENT,
      model TEXT NOT NULL,
      -- Of its files: vectors of another state do not compare with these.
      stamp TEXT NOT NULL,
      whole INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)),
      UNIQUE (model, stamp)
    ) STRICT;

    -- Pieces of items, cut by their structure. Where in the body they stand is counted in UTF-16 units, as JavaScript does.
    CREATE TABLE passages (
      -- Never given twice: it is also kept in memory.
      id     INTEGER PRIMARY KEY AUTOINCREMENT,
      item   INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      -- Of the text that is embedded: a passage that stayed the same keeps its vector.
      key    BLOB NOT NULL CHECK (length(key) = 16),
      starts INTEGER NOT NULL,
      ends   INTEGER NOT NULL,
      UNIQUE (item, key)
    ) STRICT;
    -- One bit for each number of a vector: all of them are looked through, …
    CREATE TABLE codes (
      passage  INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
      embedder INTEGER NOT NULL REFERENCES embedders (id) ON DELETE CASCADE,
      item     INTEGER NOT NULL,
      code     BLOB NOT NULL,
      PRIMARY KEY (passage, embedder)
    ) STRICT, WITHOUT ROWID;
    -- … and one byte: these only for the nearest.
    CREATE TABLE vectors (
      passage  INTEGER NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
      embedder INTEGER NOT NULL REFERENCES embedders (id) ON DELETE CASCADE,
      vector   BLOB NOT NULL,
      PRIMARY KEY (passage, embedder)
    ) STRICT, WITHOUT ROWID;

    -- What waits to be understood. Whoever writes items need not know of it.
    CREATE TABLE unread (
      item     INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      embedder INTEGER NOT NULL REFERENCES embedders (id) ON DELETE CASCADE,
      PRIMARY KEY (item, embedder)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER items_unread AFTER INSERT ON items BEGIN
      INSERT OR IGNORE INTO unread (item, embedder) SELECT NEW.id, id FROM embedders;
    END;
    CREATE TRIGGER items_unread_again AFTER UPDATE OF title, body ON items BEGIN
      INSERT OR IGNORE INTO unread (item, embedder) SELECT NEW.id, id FROM embedders;
    END;
    -- What cannot be, and why.
    CREATE TABLE not_understood (
      item     INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      embedder INTEGER NOT NULL REFERENCES embedders (id) ON DELETE CASCADE,
      why      TEXT NOT NULL CHECK (why IN ('other-language', 'model-failed')),
      PRIMARY KEY (item, embedder)
    ) STRICT, WITHOUT ROWID;
  `,
} as const
