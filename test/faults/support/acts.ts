// What a person and the core do to a vault, at random: changes that the core acknowledges one by one. It never chooses an
// act that could be refused, so a refusal is a finding.
import { Readable } from 'node:stream'
import type { Random } from '../../support/random.ts'
import { putBlobBeside } from './beside.ts'
import { type Kept, keptNow } from './kept.ts'
import { type Subject, retypedFrom } from './subject.ts'

export const actKinds = [
  'settings',
  'blob',
  'lock',
  'passphrase',
  'kit',
  'backup',
  'erase',
  'restore',
  'import',
] as const
export type ActKind = (typeof actKinds)[number]

/** Cheap acts come often, so that many of them fit between two disasters. */
export const everyday: readonly ActKind[] = ['settings', 'settings', 'settings', 'settings', 'blob', 'blob', 'lock']
export const everything: readonly ActKind[] = [...everyday, 'passphrase', 'kit', 'backup', 'erase']

interface Actor {
  readonly subject: Subject
  readonly random: Random
  /** Told before a passphrase is changed: the change may happen and not be acknowledged. */
  readonly announce: (passphrase: string) => void
}

export async function act({ subject, random, announce }: Actor, kind: ActKind, kept: Kept): Promise<Kept> {
  const { call, finish, base } = subject
  const { passphrase } = kept
  let { blobs } = kept
  switch (kind) {
    case 'settings':
      await call('settings.set', { autoLockMinutes: 1 + random.int(240), singleKeyShortcuts: random.chance(0.5) })
      break
    case 'blob':
      blobs = [...blobs, await putBlobBeside(base, random.bytes(random.int(random.chance(0.2) ? 150_000 : 4000)))]
      break
    case 'lock':
      await call('vault.lock', {})
      await call('vault.unlockWithDevice', {})
      break
    case 'passphrase': {
      const { passphrase: next } = await call('vault.suggestPassphrase', {})
      announce(next)
      await call('vault.changePassphrase', { current: passphrase, next })
      return keptNow(subject, { passphrase: next, blobs })
    }
    case 'kit': {
      const kit = await call('vault.draftKit', {})
      await call('vault.renewKit', { passphrase, draft: kit.draft, retyped: retypedFrom(kit) })
      break
    }
    case 'backup':
      await finish('backups.create')
      break
    case 'erase':
      await finish('vault.deepErase')
      break
    case 'restore': {
      // Made and put back at once, so that nothing acknowledged is newer than the backup.
      const { result } = await finish('backups.create')
      await finish('backups.restore', { id: (result as { backup: string }).backup, passphrase })
      break
    }
    case 'import':
      await importUpload(subject, random)
      break
  }
  return keptNow(subject, { passphrase, blobs })
}

/** More than one part of what a reader sends, so that some of it is kept before the end is. */
async function importUpload({ app, call, finish }: Subject, random: Random): Promise<void> {
  const rows = Array.from({ length: 400 }, () => ({ title: `Record ${random.int(1e9)}`, text: 'walrus holiday' }))
  const bytes = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'))
  const handle = await app.files.receive({ name: 'records.ndjson', bytes: bytes.length }, Readable.from([bytes]))
  await finish('imports.start', { handles: [handle] })
  const { total } = await call('library.list', { limit: 1 })
  if (total < rows.length) throw new Error(`${total} items are there after ${rows.length} were added`)
}
