// Goes through a whole export before anything of it is taken: every file against its hash, every record against its schema
// and against what it speaks of. Whatever is wrong with it is known while nothing has been written yet.
import { AppError } from '../../../shared/errors.ts'
import { settings } from '../../../shared/api/settings.ts'
import { vouchedFor } from './container.ts'
import { type Opened, recordsOf, wholeFiles, wholeItems } from './reading.ts'
import type { RecordOf } from './record-types.ts'

export interface Steps {
  readonly pace: () => Promise<void>
  /** So many bytes of files were read. */
  readonly onBytes: (bytes: number) => void
}

export const itemsAtOnce = 100

const insist = (right: boolean) => {
  if (!right) throw new AppError('EXPORT_DAMAGED')
}

export async function checkFiles({ container, manifest }: Opened, { pace, onBytes }: Steps): Promise<void> {
  for (const file of manifest.files) {
    let unheard = 0
    for await (const piece of vouchedFor(container, file)) {
      onBytes(piece.length)
      unheard += piece.length
      if (unheard < 1024 * 1024) continue
      unheard = 0
      await pace()
    }
    await pace()
  }
}

export async function checkRecords(opened: Opened, { pace }: Pick<Steps, 'pace'>): Promise<void> {
  const imports = new Set<string>()
  const files = new Set<string>()
  const collections = new Set<string>()
  const contents = new Map(opened.manifest.files.map(({ path, sha256, bytes }) => [path, { sha256, bytes }]))
  const known = (from: RecordOf<'items'>['from']) => insist(from === null || files.has(`${from.import}\n${from.path}`))

  for await (const page of recordsOf(opened, 'imports')) for (const { id } of page) imports.add(id)
  for await (const page of wholeFiles(opened)) {
    for (const { file } of page) {
      insist(imports.has(file.import))
      files.add(`${file.import}\n${file.path}`)
    }
    await pace()
  }
  for await (const page of recordsOf(opened, 'collections')) for (const { id } of page) collections.add(id)
  for (const type of ['people', 'tags', 'drafts'] as const) for await (const _ of recordsOf(opened, type)) await pace()
  for await (const page of recordsOf(opened, 'settings')) page.forEach(insistOnSetting)

  for await (const page of wholeItems(opened, itemsAtOnce)) {
    for (const whole of page) {
      known(whole.item.from)
      known(whole.item.madeIn)
      for (const { version, madeIn, belongs } of whole.versions) {
        insist(version < whole.item.version)
        known(madeIn)
        insist(belongs.collections.every((id) => collections.has(id)))
      }
      insist(whole.collections.every(({ collection }) => collections.has(collection)))
      for (const { content, bytes, file, from } of whole.attachments) {
        known(from)
        const held = contents.get(file)
        insist(held?.sha256 === content && held.bytes === bytes)
      }
    }
    await pace()
  }
}

/** What this version knows has to be of use; what only another one knows is kept for it. */
function insistOnSetting({ key, value }: RecordOf<'settings'>): void {
  if (Object.hasOwn(settings.shape, key)) insist(settings.partial().safeParse({ [key]: value }).success)
}
