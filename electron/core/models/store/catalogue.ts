// The models that can be had from the hub, as resources/models/models.json lists them. What is not on public record stands
// there as null, and is asked of the hub when it is needed.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { modelId, modelOrigin, modelPath, modelTasks } from '../../../../shared/api/models.ts'
import { hex32 } from '../../../../shared/api/values.ts'
import { resource } from '../../resources.ts'

const file = z.strictObject({
  path: modelPath,
  bytes: z.int().positive().nullable(),
  sha256: hex32.nullable(),
})

const entry = z.strictObject({
  id: modelId,
  name: z.string(),
  task: z.enum(modelTasks),
  licence: z.string(),
  origin: modelOrigin,
  files: z.array(file).min(1),
  /** Where each figure was read. */
  record: z.array(z.string()).min(1),
})
export type CatalogueEntry = z.infer<typeof entry>

export const catalogueShape = z.strictObject({ models: z.array(entry) })

export const readCatalogue = (): readonly CatalogueEntry[] =>
  catalogueShape.parse(JSON.parse(readFileSync(resource('models/models.json'), 'utf8'))).models

export const isRecorded = ({ files }: CatalogueEntry): boolean =>
  files.every(({ bytes, sha256 }) => bytes !== null && sha256 !== null)
