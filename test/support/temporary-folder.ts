// A folder of its own for each test, readable by its owner alone and gone when the test ends. It refuses to hand out a
// folder outside a running test, because nothing would then take it away.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export function temporaryFolder(): string {
  const { path, remove } = keptFolder()
  onTestFinished(remove)
  return path
}

/** For a folder shared by several tests: the caller removes it in `afterAll`. */
export function keptFolder(): { readonly path: string; readonly remove: () => void } {
  // The real path, because a temporary folder can be a link (as on macOS) and code under test compares paths.
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'mindkeep-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}
