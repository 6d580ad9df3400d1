// Frozen on the day it ships: a migration imports nothing of ours and is never edited.
export const trashById = {
  version: 21,
  sql: `
    -- Whether what a search found is in the Trash: without it, each find was read for that alone, two thousand pages of the
    -- database for a common word.
    CREATE INDEX items_trashed_by_id ON items (id, trashed) WHERE trashed IS NOT NULL;
  `,
} as const
