// What comes with Mindkeep besides its code, and where it lies: beside the sources, and beside the built app alike.
import { fileURLToPath } from 'node:url'

export const resource = (path: string): string => fileURLToPath(new URL(`../../resources/${path}`, import.meta.url))
