// What every export says of itself, and by what it is known for one.
import { z } from 'zod'
import { hex32, time } from '../../../shared/api/values.ts'
import { AppError } from '../../../shared/errors.ts'
import { recordTypeNames } from './record-types.ts'

export const manifestName = 'manifest.json'
export const manifestFormat = 'mindkeep/export/v1'
/** The first file of the archive, not packed, so that its first bytes say what it is (as EPUB and OpenDocument do). */
export const mediaName = 'mimetype'
export const exportMedia = 'application/vnd.mindkeep.export+zip'
/** Lists every file, and there may be hundreds of thousands. */
export const largestManifest = 128 * 1024 * 1024

const count = z.int().nonnegative()

/** No part leads out of the folder it is put in, on any system. */
const filePath = z
  .string()
  .max(400)
  .regex(/^(?![A-Za-z]:)[^\\:\p{Cc}\p{Bidi_Control}]+$/u)
  .refine((path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'))

export const manifest = z.strictObject({
  format: z.literal(manifestFormat),
  madeBy: z.string(),
  madeAt: time,
  /** How many records of each type. */
  counts: z.record(z.enum(recordTypeNames), count),
  /** Every other file there is. */
  files: z.array(z.strictObject({ path: filePath, bytes: count, sha256: hex32 })),
})
export type Manifest = z.infer<typeof manifest>
export type ListedFile = Manifest['files'][number]

export const recordFile = (type: string): string => `records/${type}.ndjson`

export function parseManifest(bytes: Uint8Array): Manifest {
  const found = parseJson(bytes)
  const format = z.object({ format: z.string() }).safeParse(found).data?.format
  if (format?.startsWith('mindkeep/export/') !== true) throw new AppError('NOT_AN_EXPORT')
  if (format !== manifestFormat) throw new AppError('EXPORT_FROM_FUTURE')
  const parsed = manifest.safeParse(found)
  if (!parsed.success) throw new AppError('EXPORT_DAMAGED')
  const paths = new Set(parsed.data.files.map(({ path }) => path.normalize('NFC').toLowerCase()))
  if (paths.size !== parsed.data.files.length) throw new AppError('EXPORT_DAMAGED')
  return parsed.data
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Not JSON: whatever this is, we did not write it.
    throw new AppError('EXPORT_DAMAGED')
  }
}
