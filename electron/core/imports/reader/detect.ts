// Which importers a file is for: those that know its content, the surest first. The order of the list settles a draw.
import { certainty, type Importer, type Sample } from './importer.ts'

export function importersFor(importers: readonly Importer[], sample: Sample): Importer[] {
  return importers
    .map((importer) => ({ importer, claim: importer.recognises(sample) }))
    .filter(({ claim }) => claim > certainty.no)
    .toSorted((one, other) => other.claim - one.claim)
    .map(({ importer }) => importer)
}
