// The record of acts, as the Activity screen and scripts read it. Each act names its own details; the sentence is made on
// the screen, in the person's language.
import { z } from 'zod'
import { hostNames } from './about.ts'
import { itemId, levels } from './items.ts'
import { method } from './method.ts'
import { hex32, id, nothing, started, time } from './values.ts'

const host = z.enum(hostNames)
/** How many items an act was about; where it was about one alone, that one. */
const items = { items: z.int().nonnegative(), item: itemId.nullable() }
const value = z.union([z.string(), z.number(), z.boolean()])

export const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('vault.created'), host }),
  z.strictObject({
    act: z.literal('vault.unlocked'),
    host,
    by: z.enum(['passphrase', 'recovery', 'device']),
    failedBefore: z.int().nonnegative(),
  }),
  z.strictObject({ act: z.literal('vault.locked'), why: z.enum(['person', 'idle', 'sleep', 'quit']) }),
  z.strictObject({ act: z.literal('vault.deep-erased') }),
  z.strictObject({ act: z.literal('passphrase.changed'), by: z.enum(['passphrase', 'recovery']) }),
  z.strictObject({ act: z.literal('kit.renewed') }),
  z.strictObject({ act: z.literal('device-key.set'), on: z.boolean() }),
  z.strictObject({ act: z.literal('keys.repaired') }),
  z.strictObject({ act: z.literal('settings.changed'), setting: z.string(), from: value, to: value }),
  z.strictObject({ act: z.literal('backup.made'), backup: id }),
  z.strictObject({ act: z.literal('backup.removed'), backup: id }),
  z.strictObject({ act: z.literal('backup.restored'), backup: id }),
  z.strictObject({
    act: z.literal('import.finished'),
    import: id,
    added: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    duplicate: z.int().nonnegative(),
    failed: z.int().nonnegative(),
  }),
  z.strictObject({
    act: z.literal('import.undone'),
    import: id,
    removed: z.int().nonnegative(),
    restored: z.int().nonnegative(),
    kept: z.int().nonnegative(),
    handedOver: z.int().nonnegative(),
  }),
  z.strictObject({ act: z.literal('note.written'), item: itemId, isNew: z.boolean() }),
  z.strictObject({ act: z.literal('version.restored'), item: itemId }),
  z.strictObject({ act: z.literal('items.level-set'), ...items, level: z.enum(levels) }),
  z.strictObject({ act: z.literal('items.trashed'), ...items }),
  z.strictObject({ act: z.literal('items.untrashed'), ...items }),
  z.strictObject({ act: z.literal('items.erased'), ...items, why: z.enum(['person', 'trash-emptied']) }),
  z.strictObject({ act: z.literal('change.undone'), items: z.int().nonnegative(), again: z.boolean() }),
  z.strictObject({
    act: z.literal('export.made'),
    kind: z.enum(['readable', 'locked']),
    items: z.int().nonnegative(),
  }),
  z.strictObject({
    act: z.literal('export.restored'),
    added: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    duplicate: z.int().nonnegative(),
  }),
  z.strictObject({ act: z.literal('model.added'), model: z.string(), from: z.enum(['hub', 'folder']) }),
  z.strictObject({ act: z.literal('model.removed'), model: z.string(), from: z.enum(['hub', 'folder']) }),
  z.strictObject({ act: z.literal('log.rollback-seen'), expected: z.int(), found: z.int() }),
])
export type Act = z.infer<typeof act>

/** As it is listed: an act of this version, or the text of one that only another version knows. */
const listedAct = z.discriminatedUnion('act', [
  ...act.options,
  z.strictObject({ act: z.literal('unknown'), text: z.string() }),
])
export type ListedAct = z.infer<typeof listedAct>

export const ledgerEntry = z.strictObject({ seq: z.int().positive(), at: time, act: listedAct, hash: hex32 })
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** What `Verify log` found; the result of a `verify-log` job. */
export const logCheck = z.strictObject({
  entries: z.int().nonnegative(),
  head: hex32.nullable(),
  /** The first entry that does not follow from the ones before it; null when all do. */
  brokenAt: z.int().positive().nullable(),
  /** Whether the copy of the head kept outside the database agrees. */
  witness: z.enum(['agrees', 'missing', 'disagrees']),
})
export type LogCheck = z.infer<typeof logCheck>

export const ledgerApi = {
  'ledger.list': method({
    input: z.strictObject({ before: z.int().positive().optional(), limit: z.int().min(1).max(200).default(50) }),
    output: z.strictObject({ entries: z.array(ledgerEntry), total: z.int().nonnegative() }),
  }),
  'ledger.verify': method({ input: nothing, output: started }),
}
