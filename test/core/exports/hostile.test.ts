// Exports that others made, cut or changed: each is refused with the reason, and nothing of it is in the vault or on the disk.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openExportAlone } from '../../../electron/core/app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { failure, vaultTemplate } from '../support.ts'
import type { ZipEntry } from '../imports/reader/archives/zips.ts'
import { bringBackJob, fill, filesIn, forged, lock, recordsIn, takeOut } from './support.ts'

const template = vaultTemplate()
let readable = Buffer.alloc(0)
let locked = Buffer.alloc(0)
beforeAll(template.make)
afterAll(template.remove)

type Files = Map<string, Buffer>
interface Listed {
  files: { path: string; bytes: number; sha256: string }[]
  counts: Record<string, number>
  format: string
}

const manifestOf = (files: Files): Listed => JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '') as Listed
const putManifest = (files: Files, change: (manifest: Listed) => void) => {
  const manifest = manifestOf(files)
  change(manifest)
  files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
}
/** As somebody would who can count: the manifest says what is there now. */
const putFile = (files: Files, path: string, content: string, lines?: number) => {
  const bytes = Buffer.from(content)
  files.set(path, bytes)
  putManifest(files, (manifest) => {
    const listed = { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    manifest.files = [...manifest.files.filter((one) => one.path !== path), listed]
    if (lines !== undefined) manifest.counts[/([a-z_]+)\.ndjson$/.exec(path)?.[1] ?? ''] = lines
  })
}
const linesOf = (files: Files, type: string) =>
  (files.get(`records/${type}.ndjson`)?.toString('utf8') ?? '').split('\n').slice(0, -1)
const putLines = (files: Files, type: string, lines: readonly string[]) =>
  putFile(files, `records/${type}.ndjson`, lines.map((line) => `${line}\n`).join(''), lines.length)
const changeFirst = (files: Files, type: string, change: (record: Record<string, unknown>) => void) => {
  const [first = '{}', ...rest] = linesOf(files, type)
  const record = JSON.parse(first) as Record<string, unknown>
  change(record)
  putLines(files, type, [JSON.stringify(record), ...rest])
}

const forgeries: Record<string, { code: string; change: (files: Files) => readonly ZipEntry[] | void }> = {
  'a record that was changed': {
    code: 'EXPORT_DAMAGED',
    change: (files) => void files.set('records/tags.ndjson', Buffer.from('{"name":"other"}\n')),
  },
  'a readable copy that was changed': {
    code: 'EXPORT_DAMAGED',
    change: (files) => void files.set('calendar.ics', Buffer.from('BEGIN:VCALENDAR')),
  },
  'a file that is not listed': { code: 'EXPORT_DAMAGED', change: () => [{ name: 'more.txt', content: 'x' }] },
  'a file that is missing': { code: 'EXPORT_DAMAGED', change: (files) => void files.delete('contacts.vcf') },
  'no manifest': { code: 'NOT_AN_EXPORT', change: (files) => void files.delete('manifest.json') },
  'a manifest of something else': {
    code: 'NOT_AN_EXPORT',
    change: (files) => void files.set('manifest.json', Buffer.from('{"format":"photo-album"}')),
  },
  'a manifest from later': {
    code: 'EXPORT_FROM_FUTURE',
    change: (files) => putManifest(files, (manifest) => (manifest.format = 'mindkeep/export/v9')),
  },
  'a count that is too large': {
    code: 'EXPORT_DAMAGED',
    change: (files) => putManifest(files, (manifest) => (manifest.counts['items'] = 9_000_000_000_000)),
  },
  'a count that is too small': {
    code: 'EXPORT_DAMAGED',
    change: (files) => putManifest(files, (manifest) => (manifest.counts['items'] = 1)),
  },
  'a path that leads out': {
    code: 'EXPORT_DAMAGED',
    change: (files) => {
      putFile(files, '../outside.txt', 'out')
    },
  },
  'a path of another system': {
    code: 'EXPORT_DAMAGED',
    change: (files) => {
      putFile(files, 'C:/outside.txt', 'out')
    },
  },
  'the same path twice': {
    code: 'EXPORT_DAMAGED',
    change: () => [{ name: 'manifest.json', content: '{}' }],
  },
  'a column that no record has': {
    code: 'EXPORT_DAMAGED',
    change: (files) => changeFirst(files, 'items', (item) => (item['sources'] = 'x')),
  },
  'a level that there is not': {
    code: 'EXPORT_DAMAGED',
    change: (files) => changeFirst(files, 'items', (item) => (item['level'] = 'none')),
  },
  'a tag that no person could write': {
    code: 'EXPORT_DAMAGED',
    change: (files) => putLines(files, 'tags', [JSON.stringify({ name: 'a\u202Eb' })]),
  },
  'a part of no item': {
    code: 'EXPORT_DAMAGED',
    change: (files) => changeFirst(files, 'item_tags', (one) => (one['item'] = '0'.repeat(32))),
  },
  'an item from an import that is not there': {
    code: 'EXPORT_DAMAGED',
    change: (files) => changeFirst(files, 'items', (item) => (item['from'] = { import: 'none', path: 'x' })),
  },
  'an attachment that holds something else': {
    code: 'EXPORT_DAMAGED',
    change: (files) => changeFirst(files, 'attachments', (one) => (one['file'] = 'README.txt')),
  },
  'a setting that would make the vault unusable': {
    code: 'EXPORT_DAMAGED',
    change: (files) => putLines(files, 'settings', ['{"key":"autoLockMinutes","value":0}']),
  },
  'a record nested beyond all bounds': {
    code: 'EXPORT_DAMAGED',
    change: (files) => {
      const [first = ''] = linesOf(files, 'items')
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
      putLines(files, 'items', [first.replace('"facts":{', `"facts":{"a":${deep},`)])
    },
  },
  'a last line that was cut': {
    code: 'EXPORT_DAMAGED',
    change: (files) => {
      const text = files.get('records/items.ndjson')?.toString('utf8') ?? ''
      putFile(files, 'records/items.ndjson', text.slice(0, -10))
    },
  },
}

describe('an export that is not as it was written', () => {
  it('is refused, whatever is wrong with it, and leaves the vault as it was', async () => {
    const from = await template.open()
    await fill(from)
    const out = await takeOut(from)
    readable = readFileSync(out.path)
    locked = readFileSync((await takeOut(from, { kind: 'locked', passphrase: lock })).path)
    const to = await template.open()
    const before = await recordsIn((await takeOut(to)).path)

    for (const [name, { code, change }] of Object.entries(forgeries)) {
      const job = await bringBackJob(to, await forged(out.path, change))
      expect({ name, code: job.error?.code }).toEqual({ name, code })
    }
    // As it is, only written by another hand, it would have been taken.
    expect(await recordsIn((await takeOut(to)).path)).toEqual(before)
    expect((await bringBackJob(to, await forged(out.path, () => {}))).error).toBeNull()
    expect(readdirSync(join(to.folder, 'outgoing'))).toEqual([])
  })

  it('is refused when it was cut or one of its bytes is another', async () => {
    const to = await template.open()
    const at = join(temporaryFolder(), 'one')
    const refuse = async (bytes: Uint8Array, passphrase?: string) => {
      writeFileSync(at, bytes)
      return (await bringBackJob(to, at, passphrase)).error?.code
    }
    const flipped = (bytes: Buffer, place: number) => {
      const copy = Buffer.from(bytes)
      copy[place] = (copy[place] ?? 0) ^ 1
      return copy
    }
    expect(await refuse(readable.subarray(0, readable.length / 2))).toBe('EXPORT_DAMAGED')
    expect(await refuse(Buffer.from('no export at all'))).toBe('EXPORT_DAMAGED')
    expect(await refuse(locked.subarray(0, locked.length - 5), lock)).toBe('EXPORT_DAMAGED')
    expect(await refuse(locked.subarray(0, 40), lock)).toBe('EXPORT_DAMAGED')
    expect(await refuse(Buffer.concat([locked, Buffer.from('x')]), lock)).toBe('EXPORT_DAMAGED')
    expect(await refuse(flipped(locked, locked.length - 100), lock)).toBe('EXPORT_DAMAGED')
    expect(await refuse(locked, 'another passphrase than that')).toBe('WRONG_PASSPHRASE')
    expect(await refuse(locked)).toBe('WRONG_PASSPHRASE')
    expect(await refuse(Buffer.from('mindkeep/locked-export/v7\n{}\n'), lock)).toBe('EXPORT_FROM_FUTURE')
    const asking = (memoryKiB: number, passes: number) =>
      Buffer.from(
        locked
          .toString('latin1')
          .replace(/"memoryKiB":\d+,"passes":\d+/, `"memoryKiB":${memoryKiB},"passes":${passes}`),
        'latin1',
      )
    expect(await refuse(asking(1024, 1), lock)).toBe('UNSAFE_EXPORT')
    expect(await refuse(asking(1024 * 1024 * 64, 3), lock)).toBe('UNSAFE_EXPORT')
    // Within the range, but not what it was sealed with.
    expect(await refuse(asking(19 * 1024, 3), lock)).toBe('WRONG_PASSPHRASE')
    expect((await to.call('library.list')).rows).toEqual([])
    expect(readdirSync(join(to.folder, 'outgoing'))).toEqual([])
  })
})

describe('opening an export without a vault', () => {
  const opened = (file: string, to: string, passphrase = lock) =>
    openExportAlone({ file, to, passphrase: async () => passphrase, pace: async () => {} })

  it('puts all of it into a folder, every file as it was, from where it can be brought back', async () => {
    const file = join(temporaryFolder(), 'one.mindkeep')
    writeFileSync(file, locked)
    const to = join(temporaryFolder(), 'deep', 'opened')
    const result = await opened(file, to)
    const whole = join(temporaryFolder(), 'one.zip')
    writeFileSync(whole, readable)
    expect(result).toMatchObject({ folder: to })
    for (const [path, content] of await filesIn(whole)) {
      if (path !== 'manifest.json') expect(readFileSync(join(to, path)).equals(content)).toBe(true)
    }
    expect(readdirSync(dirname(to))).toEqual(['opened'])
    const app = await template.open()
    expect((await bringBackJob(app, to)).error).toBeNull()
    expect((await app.call('library.list')).rows).toHaveLength(result.items - 1)
  })

  it('leaves nothing behind where it cannot be opened, and what is in a folder alone', async () => {
    const folder = temporaryFolder()
    const to = join(folder, 'opened')
    const file = join(folder, 'one.mindkeep')
    writeFileSync(file, locked.subarray(0, locked.length - 1))
    expect((await failure(opened(file, to))).code).toBe('EXPORT_DAMAGED')
    writeFileSync(file, locked)
    expect((await failure(opened(file, to, 'not the passphrase'))).code).toBe('WRONG_PASSPHRASE')
    expect(readdirSync(folder)).toEqual(['one.mindkeep'])
    const whole = join(temporaryFolder(), 'one.zip')
    writeFileSync(whole, readable)
    const out = await forged(whole, (files) => putFile(files, '../../outside.txt', 'out'))
    expect((await failure(opened(out, to))).code).toBe('EXPORT_DAMAGED')
    expect(readdirSync(folder)).toEqual(['one.mindkeep'])
    mkdirSync(to)
    writeFileSync(join(to, 'mine.txt'), 'mine')
    expect((await failure(opened(file, to))).code).toBe('FOLDER_NOT_EMPTY')
    expect(readdirSync(to)).toEqual(['mine.txt'])
  })

  it('follows no link in a folder that it was unpacked into', async () => {
    const file = join(temporaryFolder(), 'one.mindkeep')
    writeFileSync(file, locked)
    const to = join(temporaryFolder(), 'opened')
    await opened(file, to)
    const elsewhere = temporaryFolder()
    writeFileSync(join(elsewhere, 'copy'), readFileSync(join(to, 'calendar.ics')))
    rmSync(join(to, 'calendar.ics'))
    symlinkSync(join(elsewhere, 'copy'), join(to, 'calendar.ics'))
    const app = await template.open()
    expect((await bringBackJob(app, to)).error?.code).toBe('EXPORT_DAMAGED')
  })
})
