// Frozen on the day it ships: a migration imports nothing of ours and is never edited.

/** Tables whose rows a person changes, with what names a row. A change of theirs can be taken back. */
const undoable = {
  items: {
    key: ['id'],
    columns: [
      'id',
      'uid',
      'same',
      'type',
      'title',
      'body',
      'body_is',
      'facts',
      'at',
      'ends',
      'timing',
      'day',
      'source',
      'level',
      'level_by',
      'added',
      'changed',
      'trashed',
      'version',
      'import_file',
      'position',
    ],
    bytes: ['uid', 'same'],
  },
  versions: {
    key: ['item', 'version'],
    columns: [
      'item',
      'version',
      'at',
      'made_by',
      'import_file',
      'title',
      'body',
      'facts',
      'item_at',
      'ends',
      'timing',
      'day',
    ],
    bytes: [],
  },
  tags: { key: ['id'], columns: ['id', 'name'], bytes: [] },
  item_tags: { key: ['item', 'tag'], columns: ['item', 'tag'], bytes: [] },
  collections: { key: ['id'], columns: ['id', 'uid', 'name'], bytes: ['uid'] },
  item_collections: { key: ['item', 'collection'], columns: ['item', 'collection'], bytes: [] },
  links: { key: ['item', 'kind', 'target'], columns: ['item', 'kind', 'target', 'label'], bytes: ['target'] },
} as const

/**
 * While a row stands in `change_now`, every row a person's act touches is kept as it was before (SQLite's own recipe for
 * undo, https://sqlite.org/undoredo.html, with values in place of statements). `before` is null for a row that was not
 * there.
 */
function triggersOf(table: keyof typeof undoable): string {
  const { key, columns, bytes } = undoable[table]
  const hex: readonly string[] = bytes
  const value = (of: 'OLD' | 'NEW', column: string) =>
    hex.includes(column) ? `hex(${of}.${column})` : `${of}.${column}`
  const object = (of: 'OLD' | 'NEW', names: readonly string[]) =>
    `json_object(${names.map((name) => `'${name}', ${value(of, name)}`).join(', ')})`
  const keep = (of: 'OLD' | 'NEW', before: string) => `
      INSERT INTO change_rows (change, part, row, before)
      SELECT change, '${table}', ${object(of, key)}, ${before} FROM change_now;`
  return `
    CREATE TRIGGER ${table}_added AFTER INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM change_now) BEGIN ${keep('NEW', 'NULL')} END;
    CREATE TRIGGER ${table}_changed BEFORE UPDATE ON ${table} WHEN EXISTS (SELECT 1 FROM change_now) BEGIN ${keep('OLD', object('OLD', columns))} END;
    CREATE TRIGGER ${table}_removed BEFORE DELETE ON ${table} WHEN EXISTS (SELECT 1 FROM change_now) BEGIN ${keep('OLD', object('OLD', columns))} END;`
}

export const library = {
  version: 20,
  sql: `
    -- Where items came from: one import, its files, and what could not be read in them.
    CREATE TABLE imports (
      id      INTEGER PRIMARY KEY,
      uid     TEXT NOT NULL UNIQUE,
      name    TEXT NOT NULL,
      state   TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'done', 'stopped', 'failed', 'undone')),
      at      TEXT NOT NULL,
      ended   TEXT,
      options TEXT NOT NULL CHECK (json_valid(options)),
      -- What has to be read again after a restart: files on this computer, or sealed uploads with their keys.
      sources TEXT NOT NULL CHECK (json_valid(sources))
    ) STRICT;
    CREATE TABLE import_files (
      id        INTEGER PRIMARY KEY,
      import    INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      path      TEXT NOT NULL,
      format    TEXT,
      bytes     INTEGER NOT NULL CHECK (bytes >= 0),
      state     TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'skipped', 'failed')),
      -- How many of its records are in the vault; reading goes on after these.
      records   INTEGER NOT NULL DEFAULT 0,
      added     INTEGER NOT NULL DEFAULT 0,
      changed   INTEGER NOT NULL DEFAULT 0,
      duplicate INTEGER NOT NULL DEFAULT 0,
      failed    INTEGER NOT NULL DEFAULT 0,
      why       TEXT,
      UNIQUE (import, path)
    ) STRICT;
    CREATE TABLE import_problems (
      id       INTEGER PRIMARY KEY,
      file     INTEGER NOT NULL REFERENCES import_files (id) ON DELETE CASCADE,
      position INTEGER,
      why      TEXT NOT NULL,
      detail   TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX import_problems_of_file ON import_problems (file);

    CREATE TABLE items (
      id          INTEGER PRIMARY KEY,
      -- How the rest of the world names it; says nothing of what is in it.
      uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
      -- What makes it the same thing when it comes again: a hash of its source's own name for it.
      same        BLOB NOT NULL UNIQUE CHECK (length(same) = 16),
      type        TEXT NOT NULL,
      title       TEXT NOT NULL,
      body        TEXT NOT NULL,
      body_is     TEXT NOT NULL DEFAULT 'text' CHECK (body_is IN ('text', 'markdown')),
      facts       TEXT NOT NULL CHECK (json_valid(facts)),
      -- Milliseconds since 1970; for a thing without a time of its own, when it was added.
      at          INTEGER NOT NULL,
      ends        INTEGER,
      timing      TEXT NOT NULL CHECK (timing IN ('moment', 'day', 'none')),
      -- The day it is filed under, as it was lived: YYYY-MM-DD.
      day         TEXT NOT NULL,
      source      TEXT NOT NULL,
      level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
      level_by    TEXT NOT NULL CHECK (level_by IN ('rule', 'person')),
      added       INTEGER NOT NULL,
      changed     INTEGER NOT NULL,
      trashed     INTEGER,
      version     INTEGER NOT NULL DEFAULT 1,
      import_file INTEGER REFERENCES import_files (id) ON DELETE SET NULL,
      -- Where in that file it stands: a byte or a record, as its format counts.
      position    INTEGER
    ) STRICT;
    CREATE INDEX items_newest ON items (at, id) WHERE trashed IS NULL;
    CREATE INDEX items_by_type ON items (type, at, id) WHERE trashed IS NULL;
    CREATE INDEX items_by_source ON items (source, at, id) WHERE trashed IS NULL;
    CREATE INDEX items_by_level ON items (level, at, id) WHERE trashed IS NULL;
    CREATE INDEX items_by_day ON items (day, type) WHERE trashed IS NULL AND timing <> 'none';
    CREATE INDEX items_in_trash ON items (trashed) WHERE trashed IS NOT NULL;
    CREATE INDEX items_of_file ON items (import_file) WHERE import_file IS NOT NULL;

    -- What an item said before it was changed, by the person or by a later import.
    CREATE TABLE versions (
      item        INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      version     INTEGER NOT NULL,
      at          INTEGER NOT NULL,
      made_by     TEXT NOT NULL CHECK (made_by IN ('person', 'import')),
      -- The import that replaced this version, so that undoing it brings the version back.
      import_file INTEGER REFERENCES import_files (id) ON DELETE SET NULL,
      title       TEXT NOT NULL,
      body        TEXT NOT NULL,
      facts       TEXT NOT NULL CHECK (json_valid(facts)),
      item_at     INTEGER NOT NULL,
      ends        INTEGER,
      timing      TEXT NOT NULL,
      day         TEXT NOT NULL,
      PRIMARY KEY (item, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX versions_of_file ON versions (import_file) WHERE import_file IS NOT NULL;

    CREATE TABLE people (
      id   INTEGER PRIMARY KEY,
      -- An address where there is one ('mail:', 'tel:'), otherwise the name ('name:').
      same TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL
    ) STRICT;
    CREATE TABLE item_people (
      item   INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      person INTEGER NOT NULL REFERENCES people (id),
      role   TEXT NOT NULL CHECK (role IN ('from', 'to', 'with', 'about')),
      PRIMARY KEY (item, person, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_people_by_person ON item_people (person, item);

    CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE) STRICT;
    CREATE TABLE item_tags (
      item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      tag  INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
      PRIMARY KEY (item, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_tags_by_tag ON item_tags (tag, item);

    CREATE TABLE collections (
      id   INTEGER PRIMARY KEY,
      uid  BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
      name TEXT NOT NULL COLLATE NOCASE UNIQUE
    ) STRICT;
    CREATE TABLE item_collections (
      item       INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      collection INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
      PRIMARY KEY (item, collection)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_collections_by_collection ON item_collections (collection, item);

    -- To another item by what makes it the same, so that a link may come before what it leads to.
    CREATE TABLE links (
      item   INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      kind   TEXT NOT NULL CHECK (kind IN ('mentions', 'answers', 'attached', 'part')),
      target BLOB NOT NULL CHECK (length(target) = 16),
      label  TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (item, kind, target)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX links_by_target ON links (target, item);

    CREATE TABLE attachments (
      id      INTEGER PRIMARY KEY,
      uid     BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
      item    INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      blob    TEXT NOT NULL REFERENCES blobs (id),
      name    TEXT NOT NULL,
      media   TEXT NOT NULL,
      bytes   INTEGER NOT NULL,
      content BLOB NOT NULL CHECK (length(content) = 32)
    ) STRICT;
    CREATE INDEX attachments_of_item ON attachments (item);
    CREATE INDEX attachments_by_blob ON attachments (blob);
    CREATE INDEX attachments_by_content ON attachments (content);

    -- Half-written notes. Kept here and nowhere else, so that a lock or a crash costs nobody a sentence.
    CREATE TABLE drafts (
      name  TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      body  TEXT NOT NULL,
      at    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What the person did, and the rows as they were before it.
    CREATE TABLE changes (
      id     INTEGER PRIMARY KEY,
      at     INTEGER NOT NULL,
      act    TEXT NOT NULL,
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT;
    CREATE TABLE change_now (change INTEGER PRIMARY KEY REFERENCES changes (id)) STRICT;
    CREATE TABLE change_rows (
      id     INTEGER PRIMARY KEY,
      change INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
      part   TEXT NOT NULL,
      row    TEXT NOT NULL,
      before TEXT
    ) STRICT;
    CREATE INDEX change_rows_of_change ON change_rows (change);
    CREATE INDEX change_rows_of_row ON change_rows (part, row);
    ${(Object.keys(undoable) as (keyof typeof undoable)[]).map(triggersOf).join('')}

    -- Words, prepared by core/search; the table keeps no text of its own. A row that goes is cut out of the index, not
    -- marked as gone, so that no word of it stays behind.
    CREATE VIRTUAL TABLE words USING fts5 (
      title, body, people,
      content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    );
    INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
    CREATE VIRTUAL TABLE words_seen USING fts5vocab (words, 'row');
  `,
} as const
