// A process of its own that packs a built app with electron-builder's real pipeline and the repository's own settings, into
// a folder, around a stand-in for Electron's distribution: the same file names and a real fuse wire, and no program.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { Arch, Platform, build } from 'electron-builder'

const root = resolve(import.meta.dirname, '../../../..')
const [builtFolder, outDir] = process.argv.slice(2)
if (builtFolder === undefined || outDir === undefined) throw new Error('say which built app to pack, and where to')

/** Written by @electron/fuses; Electron's program holds it, then a version, a length and one byte for each fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron is delivered: run as Node, NODE_OPTIONS, inspect, file privileges and one for WebAssembly are on. */
const fuses = '101100011'

const electronDist = join(outDir, 'electron')
mkdirSync(join(electronDist, 'resources'), { recursive: true })
const wire = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, fuses.length]), Buffer.from(fuses)])
writeFileSync(join(electronDist, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), {
  mode: 0o755,
})
for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox'])
  writeFileSync(join(electronDist, name), '')

const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }

// The checkout's own settings, with four lines changed: where the built app is, where Electron is, and where to write.
const ours = join(outDir, 'electron-builder.yml')
const settings = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
  .replaceAll(
    /^ {2}- (out\/.*)$/gm,
    (_line, filter: string) => `  - { from: '${builtFolder}', to: ., filter: ['${filter}'] }`,
  )
  .replace(/^ {2}output: .*$/m, `  output: '${join(outDir, 'dist')}'`)
writeFileSync(ours, `${settings}\nelectronDist: '${electronDist}'\nelectronVersion: ${version}\n`)

await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir', Arch.x64), publish: 'never', config: ours })
