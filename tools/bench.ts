// `npm run bench`: measures in a process of its own and with a current page, so that no figure contains a build.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { buildRenderer } from './renderer-build.ts'

const root = resolve(import.meta.dirname, '..')

await buildRenderer({ root, say: console.error })
const args = [join(root, 'test/bench/main.ts'), ...process.argv.slice(2)]
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
