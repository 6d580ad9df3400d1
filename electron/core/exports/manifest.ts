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
export const largestManifest = 192 * 1024 * 1024
/** Some for each of a million files: what is made of many more of them would fill the memory before it is looked at. */
const mostSigns = 8_000_000

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

/** By the braces, brackets and commas that are not in a text. */
function isTooMuch(bytes: Uint8Array): boolean {
  let signs = 0
  let inText = false
  for (let at = 0; at < bytes.length && signs <= mostSigns; at += 1) {
    const sign = bytes[at]
    if (inText && sign === 0x5c) at += 1
    else if (sign === 0x22) inText = !inText
    else if (!inText && (sign === 0x2c || sign === 0x5b || sign === 0x7b)) signs += 1
  }
  return signs > mostSigns
}

function parseJson(bytes: Uint8Array): unknown {
  if (isTooMuch(bytes)) throw new AppError('EXPORT_DAMAGED')
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Not JSON: whatever this is, we did not write it.
    throw new AppError('EXPORT_DAMAGED')
  }
}
