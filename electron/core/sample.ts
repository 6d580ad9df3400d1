// Where the sample data lies: a made-up year of one person's life that comes with Mindkeep, in files as people have them.
import { fileURLToPath } from 'node:url'

export const sampleFolder = (): string => fileURLToPath(new URL('../../resources/sample', import.meta.url))
