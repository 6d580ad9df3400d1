// Which models are whole and ours, in the vault: there nobody changes unseen what a file has to be. The files themselves lie
// in the clear beside it, and are held against this before they are used.
import { z } from 'zod'
import { modelFile, modelId, modelOrigin, modelTasks } from '../../../../shared/api/models.ts'
import { time } from '../../../../shared/api/values.ts'
import type { Act } from '../../../../shared/api/ledger.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Prepare } from '../../prepared.ts'

const installed = z.strictObject({
  id: modelId,
  name: z.string(),
  task: z.enum(modelTasks),
  licence: z.string().nullable(),
  origin: modelOrigin.nullable(),
  from: z.enum(['hub', 'folder']),
  at: time,
  files: z.array(modelFile),
})
export type Installed = z.infer<typeof installed>

const row = z.object({ facts: z.string().transform((facts): unknown => JSON.parse(facts)) })

interface RegistryParts {
  readonly prepare: Prepare
  readonly ledger: Ledger
}

export interface Registry {
  readonly list: () => readonly Installed[]
  readonly find: (id: string) => Installed | undefined
  readonly add: (model: Installed) => void
  readonly remove: (model: Installed) => void
}

export function createRegistry({ prepare, ledger }: RegistryParts): Registry {
  const read = (found: unknown): Installed => installed.parse(row.parse(found).facts)
  const acted = (act: 'model.added' | 'model.removed', { name, from }: Installed): Act => ({ act, model: name, from })
  return {
    list: () => prepare('SELECT facts FROM models ORDER BY id').all().map(read),
    find(id) {
      const found = prepare('SELECT facts FROM models WHERE id = ?').get(id)
      return found === undefined ? undefined : read(found)
    },
    add(model) {
      ledger.record(acted('model.added', model), () =>
        prepare('INSERT INTO models (id, facts) VALUES (?, ?)').run(model.id, JSON.stringify(installed.parse(model))),
      )
    },
    remove(model) {
      ledger.record(acted('model.removed', model), () => prepare('DELETE FROM models WHERE id = ?').run(model.id))
    },
  }
}
