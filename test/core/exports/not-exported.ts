// What of the database no export holds, and why. Whoever adds a table or a column says here that it stays, or takes it out.
import type { RecordType } from '../../../electron/core/exports/record-types.ts'

/** Tables that stay behind, and why. */
export const notExported: Readonly<Record<string, string>> = {
  ledger: 'the record of this vault, chained to it; the next vault keeps a record of its own',
  notices: 'what this vault has to tell the person',
  blobs: 'keys of encrypted files; what the files hold is in attachments/',
  account: 'a key, sealed under keys of this vault; the recovery words bring it back',
  changes: 'undo: it knows rows of this database alone',
  counts: 'counted anew from the items',
  import_sums: 'counted anew from the files of imports',
  restores: 'how exports came back into this vault; in the next one they come anew',
  restored_items: 'what came back into this vault with an export',
  restored_versions: 'what came back into this vault with an export',
  version_people: 'told by the versions they belong to',
  restored_others: 'what came back into this vault with an export',
  change_now: 'undo, while something is being changed',
  change_rows: 'undo',
  words: 'the index of words is made anew from the items',
  words_data: 'a part of the index of words',
  words_idx: 'a part of the index of words',
  words_docsize: 'a part of the index of words',
  words_config: 'a part of the index of words',
  words_seen: 'a view of the index of words',
  words_progress: 'how far the index of words has got',
  stems: 'the index of words without their endings is made anew from the items',
  stems_data: 'a part of that index',
  stems_idx: 'a part of that index',
  stems_docsize: 'a part of that index',
  stems_config: 'a part of that index',
  embedders: 'which model understood the items of this vault; the next one has its own',
  passages: 'where items are cut for being understood, which is done anew',
  codes: 'what a model made of passages, which it makes anew',
  vectors: 'what a model made of passages, which it makes anew',
  unread: 'what waits to be understood',
  not_understood: 'what this model could not understand',
  models: 'files of this computer; in the next vault they are got anew',
  departures: 'what left this device; the next one has a list of its own',
  sqlite_sequence: 'the numbers that this database gave last',
}

/** Columns of exported tables that stay behind, and why. */
export const columnsNotExported: Readonly<Partial<Record<RecordType, Readonly<Record<string, string>>>>> = {
  imports: {
    id: 'a number of this database',
    sources: 'paths of this computer, and keys of uploads',
    undoing: 'work of this vault: in the next one nobody has asked for it',
  },
  import_files: {
    id: 'a number of this database',
    erased: 'for as long as the import can go on, which it cannot in the next vault',
  },
  import_problems: { id: 'a number of this database', import: 'told by their file' },
  people: { id: 'a number of this database', folded: 'made from the name', items: 'counted anew from the items' },
  tags: { id: 'a number of this database' },
  collections: { id: 'a number of this database' },
  items: { id: 'a number of this database' },
  attachments: { id: 'a number of this database', blob: 'where the content lies in this vault' },
}
