// Frozen on the day it ships: a migration imports nothing of ours and is never edited.
export const foundation = {
  version: 10,
  sql: `
    CREATE TABLE settings (
      key   TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL CHECK (json_valid(value))
    ) STRICT, WITHOUT ROWID;

    -- Told to the person until dismissed.
    CREATE TABLE notices (
      kind TEXT PRIMARY KEY NOT NULL,
      at   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The record of acts. Each hash covers the entry and the hash before it.
    CREATE TABLE ledger (
      seq  INTEGER PRIMARY KEY NOT NULL,
      at   TEXT NOT NULL,
      act  TEXT NOT NULL CHECK (json_valid(act)),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE TRIGGER ledger_keeps_rows BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_keeps_text BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

    -- One random key for each blob: deleting the row makes the file unreadable.
    CREATE TABLE blobs (
      id    TEXT PRIMARY KEY NOT NULL,
      key   BLOB NOT NULL CHECK (length(key) = 32),
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      at    TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The account on the public record: its address, and its key sealed under the signing key.
    CREATE TABLE account (
      address TEXT PRIMARY KEY NOT NULL,
      nonce   BLOB NOT NULL,
      box     BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const
