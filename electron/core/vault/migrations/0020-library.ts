// Frozen on the day it ships: a migration imports nothing of ours and is never edited.

interface Undoable {
  /** What names a row. */
  readonly key: readonly string[]
  readonly columns: readonly string[]
  /** Those of them that hold bytes, kept as hex. */
  readonly bytes: readonly string[]
  /** The column that says to which item a row belongs. */
  readonly item: string | null
  /** Columns that change together; what an update leaves alone is not kept. Empty: rows come and go, and never change. */
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** Tables whose rows a person changes. A change of theirs can be taken back. */
const undoable: Readonly<Record<string, Undoable>> = {
  items: {
    key: ['id'],
    columns: [
      'id',
      'uid',
      'same',
      'brought',
      'type',
      'at',
      'ends',
      'east',
      'timing',
      'day',
      'source',
      'level',
      'level_by',
      'added',
      'trashed',
      'version',
      'changed',
      'made_by',
      'made_in',
      'import_file',
      'position',
      'body_is',
      'title',
      'facts',
      'body',
    ],
    bytes: ['uid', 'same', 'brought'],
    item: 'id',
    groups: {
      said: [
        'brought',
        'at',
        'ends',
        'east',
        'timing',
        'day',
        'version',
        'changed',
        'made_by',
        'made_in',
        'body_is',
        'title',
        'facts',
        'body',
      ],
      level: ['level', 'level_by'],
      trashed: ['trashed'],
    },
  },
  versions: {
    key: ['item', 'version'],
    columns: [
      'item',
      'version',
      'changed',
      'made_by',
      'made_in',
      'brought',
      'at',
      'ends',
      'east',
      'timing',
      'day',
      'body_is',
      'title',
      'facts',
      'belongs',
      'body',
    ],
    bytes: ['brought'],
    item: 'item',
    groups: {},
  },
  item_people: {
    key: ['item', 'person', 'role'],
    columns: ['item', 'person', 'role', 'name'],
    bytes: [],
    item: 'item',
    groups: {},
  },
  version_people: {
    key: ['item', 'version', 'person', 'role'],
    columns: ['item', 'version', 'person', 'role', 'name'],
    bytes: [],
    item: 'item',
    groups: {},
  },
  tags: { key: ['id'], columns: ['id', 'name'], bytes: [], item: null, groups: {} },
  item_tags: { key: ['item', 'tag'], columns: ['item', 'tag'], bytes: [], item: 'item', groups: {} },
  collections: {
    key: ['id'],
    columns: ['id', 'uid', 'name', 'made_by'],
    bytes: ['uid'],
    item: null,
    groups: { name: ['name', 'made_by'] },
  },
  item_collections: {
    key: ['item', 'collection'],
    columns: ['item', 'collection'],
    bytes: [],
    item: 'item',
    groups: {},
  },
  links: {
    key: ['item', 'kind', 'target'],
    columns: ['item', 'kind', 'target', 'label'],
    bytes: ['target'],
    item: 'item',
    groups: {},
  },
}

/**
 * While a row stands in `change_now`, what a person's act touches is kept as it was before (SQLite's own recipe for undo,
 * https://sqlite.org/undoredo.html, with values in place of statements). `before` is null for a row that was not there,
 * and of a row that changed it holds the columns that did: putting a thousand letters in the Trash copies none of them.
 */
function triggersOf(table: string, { key, columns, bytes, item, groups }: Undoable): string {
  const value = (of: 'OLD' | 'NEW', column: string) =>
    bytes.includes(column) ? `iif(${of}.${column} IS NULL, NULL, hex(${of}.${column}))` : `${of}.${column}`
  const object = (of: 'OLD' | 'NEW', names: readonly string[]) =>
    `json_object(${names.map((name) => `'${name}', ${value(of, name)}`).join(', ')})`
  const keep = (did: string, of: 'OLD' | 'NEW', before: string) => `
      INSERT INTO change_rows (change, part, did, item, row, before)
      SELECT change, '${table}', '${did}', ${item === null ? 'NULL' : `${of}.${item}`}, ${object(of, key)}, ${before}
      FROM change_now;`
  const trigger = (name: string, when: string, does: string) =>
    `CREATE TRIGGER ${table}_${name} ${when} ON ${table} WHEN EXISTS (SELECT 1 FROM change_now) BEGIN ${does} END;`
  return [
    trigger('added', 'AFTER INSERT', keep('added', 'NEW', 'NULL')),
    trigger('removed', 'BEFORE DELETE', keep('removed', 'OLD', object('OLD', columns))),
    ...Object.entries(groups).map(([group, names]) =>
      trigger(`changed_${group}`, `BEFORE UPDATE OF ${names.join(', ')}`, keep(group, 'OLD', object('OLD', names))),
    ),
  ].join('\n    ')
}

/** Whom nothing names any more goes by that. */
const unnamed = (table: string) => `CREATE TRIGGER ${table}_unnamed AFTER DELETE ON ${table} BEGIN
      DELETE FROM people WHERE id = OLD.person
        AND NOT EXISTS (SELECT 1 FROM item_people WHERE person = OLD.person)
        AND NOT EXISTS (SELECT 1 FROM version_people WHERE person = OLD.person);
    END;`

const counted = ['added', 'changed', 'duplicate', 'skipped', 'failed']
const summed = ['files', ...counted, 'problems']
const sumUp = (changes: readonly string[], row: 'OLD' | 'NEW') =>
  `BEGIN UPDATE import_sums SET ${changes.join(', ')} WHERE import = ${row}.import; END;`
const sumTriggers = [
  'CREATE TRIGGER imports_summed AFTER INSERT ON imports BEGIN INSERT INTO import_sums (import) VALUES (NEW.id); END;',
  `CREATE TRIGGER import_files_came AFTER INSERT ON import_files ${sumUp(
    ['files = files + 1', ...counted.map((column) => `${column} = ${column} + NEW.${column}`)],
    'NEW',
  )}`,
  `CREATE TRIGGER import_files_counted AFTER UPDATE OF ${counted.join(', ')} ON import_files ${sumUp(
    counted.map((column) => `${column} = ${column} + NEW.${column} - OLD.${column}`),
    'NEW',
  )}`,
  `CREATE TRIGGER import_files_went AFTER DELETE ON import_files ${sumUp(
    ['files = files - 1', ...counted.map((column) => `${column} = ${column} - OLD.${column}`)],
    'OLD',
  )}`,
  `CREATE TRIGGER import_problems_came AFTER INSERT ON import_problems ${sumUp(['problems = problems + 1'], 'NEW')}`,
  `CREATE TRIGGER import_problems_went AFTER DELETE ON import_problems ${sumUp(['problems = problems - 1'], 'OLD')}`,
]

export const library = {
  version: 20,
  sql: `
    -- Where items came from: one import, its files, and what could not be read in them.
    CREATE TABLE imports (
      -- As of items and files, never given twice: an export that is being made goes by these numbers.
      id      INTEGER PRIMARY KEY AUTOINCREMENT,
      uid     TEXT NOT NULL UNIQUE,
      name    TEXT NOT NULL,
      -- Of several things it is named after the first of them: how many more there are.
      more    INTEGER NOT NULL DEFAULT 0 CHECK (more >= 0),
      -- Of the made-up year that comes with Mindkeep. A person may call a folder of theirs the same.
      is_sample INTEGER NOT NULL DEFAULT 0 CHECK (is_sample IN (0, 1)),
      state   TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'done', 'stopped', 'failed', 'undone')),
      at      TEXT NOT NULL,
      ended   TEXT,
      options TEXT NOT NULL CHECK (json_valid(options)),
      -- What has to be read again after a restart: files on this computer, or sealed uploads with their keys.
      sources TEXT NOT NULL CHECK (json_valid(sources)),
      -- Taking it back has begun and is not done: of what the person has not changed, of all, or it was stopped on the way.
      undoing TEXT CHECK (undoing IN ('unchanged', 'all', 'stopped'))
    ) STRICT;
    CREATE TABLE import_files (
      id        INTEGER PRIMARY KEY AUTOINCREMENT,
      import    INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      path      TEXT NOT NULL,
      format    TEXT,
      -- What the positions in it count.
      unit      TEXT CHECK (unit IN ('bytes', 'lines', 'records', 'pages')),
      bytes     INTEGER NOT NULL CHECK (bytes >= 0),
      state     TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'skipped', 'failed')),
      -- How many of its records are in the vault; reading goes on after these.
      records   INTEGER NOT NULL DEFAULT 0,
      added     INTEGER NOT NULL DEFAULT 0,
      changed   INTEGER NOT NULL DEFAULT 0,
      duplicate INTEGER NOT NULL DEFAULT 0,
      skipped   INTEGER NOT NULL DEFAULT 0,
      failed    INTEGER NOT NULL DEFAULT 0,
      why       TEXT,
      -- Nothing is left of it, for something was erased: it goes from here once the import gives back its files.
      erased    INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
      UNIQUE (import, path)
    ) STRICT;
    CREATE INDEX import_files_erased ON import_files (import) WHERE erased = 1;
    CREATE INDEX import_files_of ON import_files (import, id);
    CREATE INDEX import_files_failed ON import_files (import, why) WHERE state = 'failed';
    -- Those of which not every problem may be listed.
    CREATE INDEX import_files_broken ON import_files (import) WHERE failed > 200;
    CREATE TABLE import_problems (
      id       INTEGER PRIMARY KEY,
      import   INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      file     INTEGER NOT NULL REFERENCES import_files (id) ON DELETE CASCADE,
      position INTEGER,
      why      TEXT NOT NULL,
      detail   TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX import_problems_of ON import_problems (import, id);
    CREATE INDEX import_problems_of_file ON import_problems (file);
    -- What an import came to, kept as its files are read: whoever follows one of very many files asks every second. Not in
    -- \`imports\`, where it would be written anew with all the places that it came from.
    CREATE TABLE import_sums (
      import INTEGER PRIMARY KEY REFERENCES imports (id) ON DELETE CASCADE,
      ${summed.map((column) => `${column} INTEGER NOT NULL DEFAULT 0`).join(',\n      ')}
    ) STRICT;
    ${sumTriggers.join('\n    ')}

    CREATE TABLE items (
      -- Never given twice: what undo remembers of an item that is gone must not meet another one.
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      -- How the rest of the world names it; says nothing of what is in it.
      uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
      -- What makes it the same thing when it comes again: a hash of its source's own name for it.
      same        BLOB NOT NULL UNIQUE CHECK (length(same) = 16),
      -- A hash of what its source said of it when it last came. Null for what was written here.
      brought     BLOB CHECK (length(brought) = 16),
      type        TEXT NOT NULL,
      -- Milliseconds since 1970; a thing without a time of its own stands before all that have one, in the year 1.
      at          INTEGER NOT NULL,
      ends        INTEGER,
      -- Minutes east of UTC, where it was lived.
      east        INTEGER NOT NULL,
      timing      TEXT NOT NULL CHECK (timing IN ('moment', 'day', 'none')),
      -- The day it is filed under, as it was lived: YYYY-MM-DD; without a time of its own, the day it was added.
      day         TEXT NOT NULL,
      source      TEXT NOT NULL,
      level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
      level_by    TEXT NOT NULL CHECK (level_by IN ('rule', 'person')),
      added       INTEGER NOT NULL,
      trashed     INTEGER,
      -- Of what it says now: which version this is, since when, and who made it.
      version     INTEGER NOT NULL DEFAULT 1,
      changed     INTEGER NOT NULL,
      made_by     TEXT NOT NULL CHECK (made_by IN ('person', 'import')),
      -- The file that brought this version, where another one brought the item.
      made_in     INTEGER REFERENCES import_files (id) ON DELETE SET NULL,
      -- The file that brought the item, and where in that file it stands: a byte or a record, as its format counts.
      import_file INTEGER REFERENCES import_files (id) ON DELETE SET NULL,
      position    INTEGER,
      body_is     TEXT NOT NULL CHECK (body_is IN ('text', 'markdown')),
      title       TEXT NOT NULL,
      facts       TEXT NOT NULL CHECK (json_valid(facts)),
      -- Last: to get at what stands behind a long text, SQLite walks through all of it.
      body        TEXT NOT NULL
    ) STRICT;
    -- Lists, counts and facets are answered from this one alone, whatever they are narrowed by. (\`trashed\` is in each of
    -- these, though always null: SQLite would look into the table for it.)
    CREATE INDEX items_listed ON items (at, id, type, source, level, day, timing, import_file, made_in, trashed)
      WHERE trashed IS NULL;
    CREATE INDEX items_by_type ON items (type, at, id, trashed) WHERE trashed IS NULL;
    CREATE INDEX items_by_source ON items (source, at, id, trashed) WHERE trashed IS NULL;
    CREATE INDEX items_by_level ON items (level, at, id, trashed) WHERE trashed IS NULL;
    CREATE INDEX items_called ON items (title COLLATE NOCASE) WHERE type = 'note';
    CREATE INDEX items_in_trash ON items (trashed, id, type, source, level, day, timing, import_file, made_in)
      WHERE trashed IS NOT NULL;
    CREATE INDEX items_of_file ON items (import_file) WHERE import_file IS NOT NULL;
    CREATE INDEX items_made_in ON items (made_in) WHERE made_in IS NOT NULL;

    -- How many items there are of each kind on each day, but for what lies in the Trash; the day is '' for what has no time
    -- of its own. Kept with every change, so that counts, facets and the timeline need not walk a million items.
    CREATE TABLE counts (
      day    TEXT NOT NULL,
      type   TEXT NOT NULL,
      source TEXT NOT NULL,
      level  INTEGER NOT NULL,
      items  INTEGER NOT NULL,
      PRIMARY KEY (day, type, source, level)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX counts_of_nothing ON counts (items) WHERE items = 0;

    -- Exports that were brought back, each to be taken back as an import is: which items it added, and
    -- what else. Its items keep the imports they came from in the vault that made it.
    CREATE TABLE restores (
      id        INTEGER PRIMARY KEY,
      uid       TEXT NOT NULL UNIQUE,
      name      TEXT NOT NULL,
      state     TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'done', 'stopped', 'failed', 'undone')),
      at        TEXT NOT NULL,
      ended     TEXT,
      added     INTEGER NOT NULL DEFAULT 0,
      changed   INTEGER NOT NULL DEFAULT 0,
      duplicate INTEGER NOT NULL DEFAULT 0,
      -- As of imports.
      undoing   TEXT CHECK (undoing IN ('unchanged', 'all', 'stopped'))
    ) STRICT;
    CREATE TABLE restored_items (
      item    INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
      restore INTEGER NOT NULL REFERENCES restores (id) ON DELETE CASCADE,
      -- Of what it said when it came.
      version INTEGER NOT NULL,
      -- Whether the person has done anything to it since; what undo remembers of that is forgotten after a month.
      touched INTEGER NOT NULL DEFAULT 0 CHECK (touched IN (0, 1))
    ) STRICT;
    CREATE INDEX restored_items_of ON restored_items (restore, item);
    -- Which versions of these came with another export.
    CREATE TABLE restored_versions (
      item    INTEGER NOT NULL REFERENCES restored_items (item) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      restore INTEGER NOT NULL REFERENCES restores (id) ON DELETE CASCADE,
      PRIMARY KEY (item, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX restored_versions_of ON restored_versions (restore);
    -- Of collections their number, until the person changes them, of imports too; of drafts and settings their name, and what they said when they came.
    CREATE TABLE restored_others (
      restore INTEGER NOT NULL REFERENCES restores (id) ON DELETE CASCADE,
      part    TEXT NOT NULL CHECK (part IN ('imports', 'collections', 'drafts', 'settings')),
      name    TEXT NOT NULL,
      said    TEXT NOT NULL,
      PRIMARY KEY (restore, part, name)
    ) STRICT, WITHOUT ROWID;

    -- What an item said before it was changed, by the person or by a later import. Columns as in items.
    CREATE TABLE versions (
      item    INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      made_by TEXT NOT NULL CHECK (made_by IN ('person', 'import')),
      made_in INTEGER REFERENCES import_files (id) ON DELETE SET NULL,
      brought BLOB,
      at      INTEGER NOT NULL,
      ends    INTEGER,
      east    INTEGER NOT NULL,
      timing  TEXT NOT NULL,
      day     TEXT NOT NULL,
      body_is TEXT NOT NULL,
      title   TEXT NOT NULL,
      facts   TEXT NOT NULL CHECK (json_valid(facts)),
      -- What it led to, and what the next version gave the item besides.
      belongs TEXT NOT NULL CHECK (json_valid(belongs)),
      body    TEXT NOT NULL,
      PRIMARY KEY (item, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX versions_made_in ON versions (made_in) WHERE made_in IS NOT NULL;

    -- Each is there for as long as an item, or what an item said before, names them.
    CREATE TABLE people (
      -- Never given twice, as of items.
      id   INTEGER PRIMARY KEY AUTOINCREMENT,
      -- An address where there is one ('mail:', 'tel:'), otherwise the name ('name:').
      same TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      -- The name as it is looked for: small letters without accents.
      folded TEXT NOT NULL,
      -- How many items name them, but for what lies in the Trash.
      items INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE item_people (
      item   INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      person INTEGER NOT NULL REFERENCES people (id),
      role   TEXT NOT NULL CHECK (role IN ('from', 'to', 'with', 'about')),
      -- As this item names them; these words are in the index.
      name   TEXT NOT NULL,
      PRIMARY KEY (item, person, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_people_by_person ON item_people (person, item);
    -- Whom an item named before it was changed.
    CREATE TABLE version_people (
      item    INTEGER NOT NULL,
      version INTEGER NOT NULL,
      person  INTEGER NOT NULL REFERENCES people (id),
      role    TEXT NOT NULL CHECK (role IN ('from', 'to', 'with', 'about')),
      name    TEXT NOT NULL,
      PRIMARY KEY (item, version, person, role),
      FOREIGN KEY (item, version) REFERENCES versions (item, version) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX version_people_by_person ON version_people (person);
    ${['item_people', 'version_people'].map(unnamed).join('\n    ')}

    CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE) STRICT;
    CREATE TABLE item_tags (
      item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
      tag  INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
      PRIMARY KEY (item, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX item_tags_by_tag ON item_tags (tag, item);

    CREATE TABLE collections (
      id   INTEGER PRIMARY KEY AUTOINCREMENT,
      uid  BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
      name TEXT NOT NULL COLLATE NOCASE UNIQUE,
      -- By an import, until the person names it or puts something into it or out of it; it goes with the last thing in it.
      made_by TEXT NOT NULL CHECK (made_by IN ('person', 'import'))
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
      content BLOB NOT NULL CHECK (length(content) = 32),
      import_file INTEGER REFERENCES import_files (id) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX attachments_of_item ON attachments (item);
    CREATE INDEX attachments_by_blob ON attachments (blob);
    CREATE INDEX attachments_by_content ON attachments (content);
    CREATE INDEX attachments_of_file ON attachments (import_file) WHERE import_file IS NOT NULL;

    -- Half-written notes. Kept here and nowhere else, so that a lock or a crash costs nobody a sentence.
    CREATE TABLE drafts (
      name  TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      body  TEXT NOT NULL,
      at    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What the person did, and the rows as they were before it. Taking a change back is a change too, of which the first of
    -- them is the root; only the last one that has a root in common can be taken back next.
    CREATE TABLE changes (
      id     INTEGER PRIMARY KEY AUTOINCREMENT,
      at     INTEGER NOT NULL,
      act    TEXT NOT NULL,
      root   INTEGER,
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
    ) STRICT;
    CREATE TABLE change_now (change INTEGER PRIMARY KEY REFERENCES changes (id)) STRICT;
    CREATE TABLE change_rows (
      id     INTEGER PRIMARY KEY,
      change INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
      part   TEXT NOT NULL,
      -- added, removed, or which group of its columns changed.
      did    TEXT NOT NULL,
      item   INTEGER,
      row    TEXT NOT NULL,
      before TEXT
    ) STRICT;
    CREATE INDEX change_rows_of_change ON change_rows (change);
    CREATE INDEX change_rows_of_item ON change_rows (item) WHERE item IS NOT NULL;
    CREATE INDEX change_rows_of_name ON change_rows (part, row) WHERE item IS NULL;
    CREATE TRIGGER restored_items_touched AFTER INSERT ON change_rows
      -- Where a note leads follows from the titles of others.
      WHEN NEW.part <> 'links' AND EXISTS (SELECT 1 FROM restored_items WHERE item = NEW.item AND touched = 0)
        AND (SELECT act FROM changes WHERE id = NEW.change) <> 'import'
    BEGIN
      UPDATE restored_items SET touched = 1 WHERE item = NEW.item;
    END;
    CREATE TRIGGER restored_collections_touched AFTER INSERT ON change_rows WHEN NEW.part = 'collections'
    BEGIN
      DELETE FROM restored_others
      WHERE part = 'collections' AND name = (SELECT lower(hex(uid)) FROM collections WHERE id = NEW.row ->> 'id');
    END;
    ${Object.entries(undoable)
      .map(([table, one]) => triggersOf(table, one))
      .join('\n    ')}

    -- Words, prepared by core/search; the table keeps no text of its own. A row that goes is cut out of the index, not
    -- marked as gone, so that no word of it stays behind. The rowid is the item's day and id: the newest stand last.
    CREATE VIRTUAL TABLE words USING fts5 (
      title, body, people, marks,
      content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'", prefix = '1 2 3'
    );
    INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
    -- Pieces of the index are joined when there are so many of a size; of the usual 4, an import took a tenth longer.
    INSERT INTO words (words, rank) VALUES ('automerge', 16);
    CREATE VIRTUAL TABLE words_seen USING fts5vocab (words, 'row');
    -- How the words were prepared, and how far the index has got where it is being made anew: items up to \`done\`, of those
    -- up to \`until\`.
    CREATE TABLE words_progress (
      one     INTEGER PRIMARY KEY CHECK (one = 1),
      version INTEGER NOT NULL,
      done    INTEGER NOT NULL,
      until   INTEGER NOT NULL,
      -- How often so much was dropped at once that it was only marked as gone. Merging the index takes it out.
      marked  INTEGER NOT NULL
    ) STRICT;
    INSERT INTO words_progress VALUES (1, 1, 0, 0, 0);
  `,
} as const
