// The sample data: a made-up year of one person's life that comes with Mindkeep, in files as people have them.
import { resource } from './resources.ts'

export const sampleFolder = (): string => resource('sample')

/** Where it lies, and what its import is called where no language of a page has a name for it. */
export const sample = () => ({ path: sampleFolder(), name: 'Sample data' })
