// Every format Mindkeep reads. The order breaks ties between importers that are equally sure.
import type { Importer } from './importer.ts'

export const importers: readonly Importer[] = []
