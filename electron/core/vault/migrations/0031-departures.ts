// Frozen on the day it ships: a migration imports nothing of ours and is never edited.
export const departures = {
  version: 31,
  sql: `
    -- Every connection that was made. There is a row before there is a connection, and what went over it is nowhere.
    CREATE TABLE departures (
      id       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
      at       TEXT NOT NULL,
      host     TEXT NOT NULL,
      reason   TEXT NOT NULL,
      here     INTEGER NOT NULL CHECK (here IN (0, 1)),
      sent     INTEGER NOT NULL DEFAULT 0 CHECK (sent >= 0),
      received INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0),
      items    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(items)),
      -- Nothing while it goes on.
      ended    TEXT
    ) STRICT;
    CREATE INDEX departures_open ON departures (id) WHERE ended IS NULL;
    CREATE INDEX departures_away ON departures (id) WHERE here = 0;

    -- The models that were got or brought, each with what its files have to be.
    CREATE TABLE models (
      id    TEXT PRIMARY KEY NOT NULL,
      facts TEXT NOT NULL CHECK (json_valid(facts))
    ) STRICT, WITHOUT ROWID;
  `,
} as const
