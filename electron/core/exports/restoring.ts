// Brings an export back as a job: looks all of it over first, then takes it in, some whole items at a time. Cut short then,
// it leaves whole items only, and bringing the same export back again goes on where it was.
import { existsSync, lstatSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BroughtBack } from '../../../shared/api/exports.ts'
import type { Act } from '../../../shared/api/ledger.ts'
import { AppError } from '../../../shared/errors.ts'
import { toAppError } from '../failures.ts'
import { makeFolder } from '../files.ts'
import type { JobContext } from '../jobs/jobs.ts'
import { openPlainFile } from '../random-access.ts'
import { type Bytes, createSealedFile, openSealedFile } from '../sealed-files.ts'
import type { Handed } from '../transfers/transfers.ts'
import { checkFiles, checkRecords, itemsAtOnce } from './checking.ts'
import { type Container, openArchive, openFolder, readManifest, vouchedFor } from './container.ts'
import type { ExportParts } from './exports.ts'
import type { RecordOf } from './record-types.ts'
import type { Restores } from './restores.ts'
import { openLocked, randomName, startsLocked } from './locked.ts'
import { manifestName } from './manifest.ts'
import { createProvenance } from './provenance.ts'
import { type Opened, recordsOf, wholeFiles, wholeItems } from './reading.ts'

interface Wanted {
  readonly handed: Handed
  readonly passphrase: string | undefined
}

const headBytes = 64

interface RestoreParts extends ExportParts {
  readonly restores: Restores
  /** From the moment it begins to write on, it is known by this. */
  readonly onBegun: (uid: string) => void
}

export async function restoreExport(
  parts: RestoreParts,
  { handed, passphrase }: Wanted,
  context: JobContext,
): Promise<BroughtBack & Record<string, number>> {
  const { pace } = context
  await pace()
  const unlockedAt = join(parts.folder, randomName())
  const container = await openHanded(parts, { handed, passphrase, unlockedAt }, context)
  try {
    const opened: Opened = { container, manifest: await readManifest(container) }
    const bytes = opened.manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    // Looking it over is one half of the work, and taking it in the other.
    let looked = 0
    await checkFiles(opened, {
      pace,
      onBytes: (more) => context.progress((looked += more), bytes * 2),
    })
    await checkRecords(opened, { pace })
    return await takeIn(parts, { opened, name: handed.name }, context)
  } finally {
    container.close()
    rmSync(unlockedAt, { force: true })
  }
}

async function openHanded(
  { sealing, folder, transfers }: ExportParts,
  { handed, passphrase, unlockedAt }: Wanted & { readonly unlockedAt: string },
  { pace }: Pick<JobContext, 'pace'>,
): Promise<Container> {
  if (!('upload' in handed) && isFolder(handed.path)) {
    if (!existsSync(join(handed.path, manifestName))) throw new AppError('NOT_AN_EXPORT')
    return openFolder(handed.path)
  }
  const bytes = 'upload' in handed ? openSealedFile(transfers.sealedOf(handed)) : openHandedFile(handed.path)
  if (!startsLocked(bytes.read(0, headBytes))) return openArchive(bytes)
  try {
    if (passphrase === undefined) throw new AppError('WRONG_PASSPHRASE', { needed: true })
    makeFolder(folder)
    // Unlocked it lies on the disk sealed all the same, under a key that is in memory alone.
    const file = createSealedFile(unlockedAt)
    try {
      for (const piece of await openLocked(sealing, bytes, passphrase)) {
        file.push(piece)
        await pace()
      }
      return await openArchive(openSealedFile(file.end()))
    } finally {
      file.close()
    }
  } catch (error) {
    rmSync(unlockedAt, { force: true })
    throw error
  } finally {
    bytes.close()
  }
}

const isFolder = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function openHandedFile(path: string): Bytes {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new AppError('NO_SUCH_FILE')
  return openPlainFile(path)
}

interface Taken {
  readonly opened: Opened
  readonly name: string
}

/** It is known of from its first row on; whatever ends it early, what it brought by then can be taken back. */
async function takeIn(
  parts: RestoreParts,
  { opened, name }: Taken,
  context: JobContext,
): Promise<BroughtBack & Record<string, number>> {
  const { openVault, restores, ledger, clock, log, onBegun, changed } = parts
  const now = () => clock.now().toISOString()
  insistOnGoing(context)
  const { db } = openVault()
  const { id, uid } = restores.begin(name, now())
  onBegun(uid)
  try {
    const counts = await takeAll(parts, { opened, id }, context)
    insistOnGoing(context)
    ledger.record({ act: 'export.restored', ...counts }, () => restores.setState(id, 'done', now()))
    return { ...counts }
  } catch (error) {
    try {
      // Where the vault was locked it counts as cut short, whenever it is opened again; another one knows nothing of it.
      if (openVault().db === db) restores.setState(id, stateAfter(error, context.signal), now())
    } catch (unwritten) {
      log.write('restore.left', { code: toAppError(unwritten)?.code ?? 'unknown' })
    }
    throw error
  } finally {
    changed()
  }
}

/** After what takes its time: the vault may have been locked meanwhile, and opened again. */
function insistOnGoing({ signal }: Pick<JobContext, 'signal'>): void {
  if (signal.aborted) throw new AppError('CANCELLED')
}

/** What was called off for the sake of the vault is nobody's wish. */
function stateAfter(error: unknown, { aborted, reason }: AbortSignal): 'stopped' | 'interrupted' | 'failed' {
  if (aborted) return toAppError(reason)?.code === 'CANCELLED' ? 'stopped' : 'interrupted'
  return toAppError(error)?.code === 'CANCELLED' ? 'stopped' : 'failed'
}

async function takeAll(
  { openVault, prepare, ledger, settings, library: { bringBack }, restores }: RestoreParts,
  { opened, id }: { readonly opened: Opened; readonly id: number },
  context: JobContext,
): Promise<BroughtBack> {
  const { pace, progress } = context
  const { container, manifest } = opened
  const inTransaction = (act: () => void) => openVault().db.transaction(act).immediate()
  const provenance = createProvenance(prepare)
  const collections = new Map<string, RecordOf<'collections'>>()
  /** Anew where it has gone since: nothing lay in it, and nobody knew that something is about to. */
  const bringCollection = (one: RecordOf<'collections'>): number => {
    const { number, isNew } = bringBack.collection(one)
    if (isNew) restores.broughtOther(id, 'collections', one.id, '')
    return number
  }
  const files = new Map(manifest.files.map((file) => [file.path, file]))
  const where = {
    file: provenance.file,
    collection(named: string) {
      const found = collections.get(named)
      if (found === undefined) throw new AppError('EXPORT_DAMAGED')
      return bringCollection(found)
    },
  }
  const contentOf = (path: string) => {
    const file = files.get(path)
    if (file === undefined) throw new AppError('EXPORT_DAMAGED')
    return vouchedFor(container, file)
  }
  const each = async <T>(pages: AsyncIterable<T[]>, take: (page: T[]) => void) => {
    for await (const page of pages) {
      await pace()
      inTransaction(() => take(page))
    }
  }

  await each(recordsOf(opened, 'imports'), (page) => {
    for (const uid of provenance.addImports(page)) restores.broughtOther(id, 'imports', uid, '')
  })
  await each(wholeFiles(opened), provenance.addFiles)
  await each(recordsOf(opened, 'people'), bringBack.people)
  await each(recordsOf(opened, 'tags'), bringBack.tags)
  await each(recordsOf(opened, 'collections'), (page) => {
    for (const one of page) {
      collections.set(one.id, one)
      bringCollection(one)
    }
  })

  const counts: BroughtBack = { added: 0, changed: 0, duplicate: 0 }
  const total = manifest.counts.items
  for await (const batch of wholeItems(opened, itemsAtOnce)) {
    await pace()
    const staged = await bringBack.stage(batch, contentOf)
    try {
      insistOnGoing(context)
      inTransaction(() => {
        const { outcomes, ...brought } = staged.add(where)
        const some: BroughtBack = { added: 0, changed: 0, duplicate: 0 }
        for (const outcome of outcomes) some[outcome] += 1
        restores.brought(id, brought, some)
        for (const outcome of outcomes) counts[outcome] += 1
      })
    } finally {
      staged.drop()
    }
    progress(total + counts.added + counts.changed + counts.duplicate, total * 2)
  }
  await each(recordsOf(opened, 'drafts'), (page) => {
    for (const { name, at } of bringBack.drafts(page)) restores.broughtOther(id, 'drafts', name, at)
  })
  for await (const page of recordsOf(opened, 'settings')) {
    await pace()
    ledger.record(
      (acts: readonly Act[]) => acts,
      () => {
        const { came, acts } = settings.bring(page.map(({ key, value }) => ({ key, value: JSON.stringify(value) })))
        for (const { key, value } of came) restores.broughtOther(id, 'settings', key, value)
        return acts
      },
    )
  }
  return counts
}
