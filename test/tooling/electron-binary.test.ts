// Where Electron is asked for and fetched from, on a mirror of its own: the question and the installer must mean the same
// address. The download itself is the package's own work; here it is only seen to come, or to stall.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { installElectron, isElectronOffered } from '../../tools/electron-binary.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const leaveMirror = `const fs = require('node:fs')
fs.writeFileSync(__dirname + '/dist/program', String(process.env.npm_config_electron_mirror))
fs.writeFileSync(__dirname + '/path.txt', 'program')`

/** A package whose installer leaves the mirror it was told in place of the program, or does what it is given. */
function packageFolder(installer = leaveMirror): string {
  const root = temporaryFolder()
  const folder = join(root, 'node_modules/electron')
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }))
  writeFileSync(join(folder, 'install.js'), installer)
  return root
}

describe('a mirror of Electron', () => {
  it.each(['/downloads/electron', '/downloads/electron/'])('keeps its whole path when given as %s', async (path) => {
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.url)
      response.end()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    vi.stubEnv('npm_config_electron_mirror', undefined)
    vi.stubEnv('ELECTRON_MIRROR', `${origin}${path}`)

    const root = packageFolder()
    expect(await isElectronOffered({ root })).toBe(true)
    expect(asked).toEqual([`/downloads/electron/v1.2.3/electron-v1.2.3-${process.platform}-${process.arch}.zip`])
    const program = await installElectron({ root })
    expect(readFileSync(program ?? '', 'utf8')).toBe(`${origin}/downloads/electron/`)
  })

  it('is left unsaid to the installer where there is none', async () => {
    vi.stubEnv('npm_config_electron_mirror', undefined)
    vi.stubEnv('ELECTRON_MIRROR', undefined)
    expect(readFileSync((await installElectron({ root: packageFolder() })) ?? '', 'utf8')).toBe('undefined')
  })
})

describe('a download of Electron', () => {
  const beginning = `const fs = require('node:fs')
const part = fs.mkdtempSync(require('node:os').tmpdir() + '/electron-download-') + '/electron.zip'
fs.writeFileSync(part, 'begun')
fs.writeFileSync(__dirname + '/begun', part)`
  const arrivedIn = (root: string): string => readFileSync(join(root, 'node_modules/electron/begun'), 'utf8')

  it('that stalls is given up, and leaves nothing behind', async () => {
    const root = packageFolder(`${beginning}\nsetInterval(() => {}, 1000)`)
    expect(await installElectron({ root, quietMs: 2_000 })).toBeUndefined()
    expect(existsSync(dirname(dirname(arrivedIn(root))))).toBe(false)
  })

  it('that is slow is waited for, for as long as something comes', async () => {
    const root = packageFolder(`${beginning}
let pieces = 0
const timer = setInterval(() => {
  fs.appendFileSync(part, 'piece')
  if (++pieces < 40) return
  clearInterval(timer)
  ${leaveMirror.replace("const fs = require('node:fs')\n", '')}
}, 100)`)
    expect(await installElectron({ root, quietMs: 2_000 })).toBeDefined()
    expect(existsSync(arrivedIn(root))).toBe(false)
  })
})
