// Which importer a file is for: the one that is surest of its content. The order of the list settles a draw.
import { certainty, type Importer, type Sample } from './importer.ts'

export function importerFor(importers: readonly Importer[], sample: Sample): Importer | undefined {
  let best: Importer | undefined
  let sure: number = certainty.no
  for (const importer of importers) {
    const claim = importer.recognises(sample)
    if (claim > sure) [best, sure] = [importer, claim]
  }
  return best
}
