// What opening an export leaves on the disk while it is at work, when it is killed there, and when others are at work beside it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openExportAlone } from '../../../electron/core/app.ts'
import { createArchive } from '../../../electron/core/exports/archive.ts'
import { exportMedia } from '../../../electron/core/exports/manifest.ts'
import { errorMessages } from '../../../shared/errors.ts'
import { keptFolder, temporaryFolder } from '../../support/temporary-folder.ts'
import { failure, vaultTemplate } from '../support.ts'
import { fill, forged, lock, takeOut } from './support.ts'

const template = vaultTemplate()
const kept = keptFolder()
const locked = join(kept.path, 'one.mindkeep')
const readable = join(kept.path, 'one.zip')
beforeAll(template.make)
beforeEach(async () => {
  if (existsSync(locked)) return
  const app = await template.open()
  await fill(app)
  writeFileSync(readable, readFileSync((await takeOut(app)).path))
  writeFileSync(locked, readFileSync((await takeOut(app, { kind: 'locked', passphrase: lock })).path))
})
afterAll(() => {
  template.remove()
  kept.remove()
})

const opened = (file: string, to: string, pace: () => Promise<void> = async () => {}) =>
  openExportAlone({ file, to, passphrase: async () => lock, pace })

const child = fileURLToPath(new URL('./opening-child.ts', import.meta.url))

const workplace = '.mindkeep-opening-0123456789ab'
/** One that somebody was killed in. */
function remnant(folder: string): void {
  mkdirSync(join(folder, 'export', 'notes'), { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  for (const name of ['lock', 'lock-journal']) writeFileSync(join(folder, name), '', { mode: 0o600 })
  writeFileSync(join(folder, 'archive'), 'sealed', { mode: 0o600 })
  writeFileSync(join(folder, 'export', 'notes', 'one.md'), 'half of it', { mode: 0o600 })
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe('opening an export without a vault', () => {
  it('writes the archive of a locked one sealed, and nothing in the clear but what becomes the result', async () => {
    const folder = temporaryFolder()
    const to = join(folder, 'opened')
    const [waiting, unpacked] = [new Set<string>(), new Set<string>()]
    await opened(locked, to, async () => {
      for (const path of filesBelow(folder)) {
        const inside = path.slice(folder.length + 1).replace(/^[^/\\]+[/\\]/, '')
        if (/^export[/\\]/.test(inside)) unpacked.add(inside.replace(/^export[/\\]/, ''))
        else {
          waiting.add(inside)
          // Every export begins with it, not packed.
          expect(readFileSync(path).includes(exportMedia)).toBe(false)
        }
      }
    })
    expect(waiting).toContain('archive')
    expect([...waiting].filter((name) => !/^(?:archive|lock|lock-journal)$/.test(name))).toEqual([])
    expect(unpacked.size).toBeGreaterThan(10)
    for (const path of unpacked) expect(filesBelow(to)).toContain(join(to, path))
    expect(readdirSync(folder)).toEqual(['opened'])
  })

  it('writes nothing of one that is damaged, wherever it is', async () => {
    const folder = temporaryFolder()
    const damaged = await forged(readable, (files) => void files.set('records/settings.ndjson', Buffer.from('{}\n')))
    let looks = 0
    const pace = async () => {
      looks += 1
      expect(filesBelow(folder).filter((path) => path.includes('export'))).toEqual([])
    }
    expect((await failure(opened(damaged, join(folder, 'opened'), pace))).code).toBe('EXPORT_DAMAGED')
    expect(looks).toBeGreaterThan(10)
    expect(readdirSync(folder)).toEqual([])
  })

  it.runIf(process.platform === 'linux')('says so where nothing can be made', async () => {
    expect((await failure(opened(readable, '/proc/opened'))).code).toBe('FOLDER_UNUSABLE')
  })

  it('takes a name as long as a name can be', async () => {
    const folder = temporaryFolder()
    const name = 'x'.repeat(255)
    await opened(readable, join(folder, name))
    expect(readdirSync(folder)).toEqual([name])
  })
})

it('with a list of many million files in it is refused before it fills the memory', { timeout: 60_000 }, async () => {
  const parts: Uint8Array[] = []
  const made = createArchive({ at: new Date(), push: (bytes) => void parts.push(Buffer.from(bytes)) })
  const many = Buffer.from('[],'.repeat(1024 * 1024))
  const list = function* () {
    yield Buffer.from('{"format":"mindkeep/export/v1","files":[')
    for (let times = 0; times < 10; times += 1) yield many
    yield Buffer.from('[]]}')
  }
  await made.add('manifest.json', list())
  await made.end()
  const file = join(temporaryFolder(), 'large.zip')
  writeFileSync(file, Buffer.concat(parts))
  const to = join(temporaryFolder(), 'opened')
  // What was made of this list weighs more than that.
  const args = ['--max-old-space-size=256', child, file, to, lock, '0']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect({ status, isRefused: stderr.includes(errorMessages.EXPORT_DAMAGED) }).toEqual({ status: 1, isRefused: true })
})

describe('what a killed one left', () => {
  it('is removed by the next, also by one that comes to nothing', async () => {
    const folder = temporaryFolder()
    remnant(join(folder, workplace))
    await opened(readable, join(folder, 'opened'))
    expect(readdirSync(folder)).toEqual(['opened'])
    remnant(join(folder, workplace))
    expect((await failure(opened(readable, join(folder, 'opened')))).code).toBe('FOLDER_NOT_EMPTY')
    expect(readdirSync(folder)).toEqual(['opened'])
  })

  it.runIf(process.platform !== 'win32')(
    'is taken for nothing else: what only looks like it stays as it is',
    async () => {
      const folder = temporaryFolder()
      const elsewhere = temporaryFolder()
      writeFileSync(join(elsewhere, 'mine.md'), 'mine')
      writeFileSync(join(elsewhere, 'empty'), '')
      remnant(join(elsewhere, 'whole'))
      const at = (number: number) => join(folder, `.mindkeep-opening-${String(number).padStart(12, '0')}`)
      const like = (number: number, change: (path: string) => void) => {
        remnant(at(number))
        change(at(number))
      }
      const inPlaceOf = (name: string, path: string) => (here: string) => {
        rmSync(join(here, name), { recursive: true })
        symlinkSync(path, join(here, name))
      }
      like(1, (here) => writeFileSync(join(here, 'mine.md'), 'mine', { mode: 0o600 }))
      like(2, (here) => rmSync(join(here, 'lock')))
      like(3, (here) => writeFileSync(join(here, 'lock'), 'words'))
      like(4, inPlaceOf('lock', join(elsewhere, 'empty')))
      like(5, inPlaceOf('archive', join(elsewhere, 'mine.md')))
      like(6, inPlaceOf('export', elsewhere))
      like(7, (here) => chmodSync(here, 0o755))
      symlinkSync(join(elsewhere, 'whole'), at(8))
      writeFileSync(at(9), 'a file')
      remnant(`${at(10)}0`)
      remnant(join(folder, 'mindkeep-opening-0123456789ab'))
      // Only who may give files away can have one of another's.
      if (process.getuid?.() === 0) like(11, (here) => chownSync(here, 65_534, 65_534))
      const before = [filesBelow(folder), filesBelow(elsewhere)]
      await opened(readable, join(folder, 'opened', 'here'))
      await opened(readable, join(folder, 'there'))
      const others = (path: string) =>
        !path.startsWith(join(folder, 'opened')) && !path.startsWith(join(folder, 'there'))
      expect([filesBelow(folder).filter(others), filesBelow(elsewhere)]).toEqual(before)
      expect(readFileSync(at(9), 'utf8')).toBe('a file')
    },
  )

  it('goes through no link that lies in it', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(join(elsewhere, 'mine.md'), 'mine')
    remnant(join(folder, workplace))
    symlinkSync(elsewhere, join(folder, workplace, 'export', 'link'))
    await opened(readable, join(folder, 'opened'))
    expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([['opened'], ['mine.md']])
  })
})

/** Opens it in a process of its own, which waits before so many steps until it is told to go on. */
async function begin(to: string, steps: number): Promise<ChildProcess> {
  const started = spawn(process.execPath, [child, locked, to, lock, String(steps)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void started.kill('SIGKILL'))
  await new Promise((resolve, reject) => {
    started.stdout?.once('data', resolve)
    started.once('exit', () => reject(new Error('it was over before it was to wait')))
  })
  return started
}
const over = (started: ChildProcess) => new Promise((resolve) => started.once('exit', resolve))

describe('a process that opens an export', () => {
  it.each([
    { at: 'while the archive is unlocked', step: 1, unpacked: false },
    { at: 'while it is looked over', step: 20, unpacked: false },
    { at: 'while it is unpacked', step: 65, unpacked: true },
  ])('and is killed $at leaves one folder, which the next removes', async ({ step, unpacked }) => {
    const folder = temporaryFolder()
    const to = join(folder, 'opened')
    const killed = await begin(to, step)
    const end = over(killed)
    killed.kill('SIGKILL')
    await end
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.mindkeep-opening-[0-9a-f]{12}$/)])
    const left = filesBelow(folder)
    expect(left.some((path) => /[/\\]export[/\\]/.test(path))).toBe(unpacked)
    const archive = left.find((path) => /[/\\]archive$/.test(path)) ?? ''
    expect(readFileSync(archive).includes(exportMedia)).toBe(false)
    await opened(locked, to)
    expect(readdirSync(folder)).toEqual(['opened'])
    expect(filesBelow(folder)).toContain(join(to, 'manifest.json'))
  })

  it('and goes on is left alone by one that begins beside it', async () => {
    const folder = temporaryFolder()
    const [early, late] = [await begin(join(folder, 'early'), 3), await begin(join(folder, 'late'), 40)]
    await opened(locked, join(folder, 'mine'))
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toHaveLength(2)
    const ends = [over(early), over(late)]
    for (const one of [early, late]) one.stdin?.end('on')
    expect(await Promise.all(ends)).toEqual([0, 0])
    expect(readdirSync(folder)).toEqual(['early', 'late', 'mine'])
    expect(filesBelow(join(folder, 'late')).length).toBe(filesBelow(join(folder, 'mine')).length)
  })

  it('in the same moment as others is not in their way', async () => {
    const folder = temporaryFolder()
    const names = Array.from({ length: 3 }, (_, number) => `opened-${number}`)
    const all = await Promise.all(names.map((name) => begin(join(folder, name), 1)))
    const ends = all.map(over)
    for (const one of all) one.stdin?.end('on')
    expect(await Promise.all(ends)).toEqual(names.map(() => 0))
    expect(readdirSync(folder)).toEqual(names)
  })
})
