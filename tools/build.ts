// Builds the page when its sources have changed, and says nothing when they have not.
import { resolve } from 'node:path'
import { buildRenderer } from './renderer-build.ts'

try {
  await buildRenderer({ root: resolve(import.meta.dirname, '..'), say: console.log })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
